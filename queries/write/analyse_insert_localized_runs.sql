-- Analyse localized_runs: put in those that are known to be bad.
-- grain: one row per run
insert into rollup.localized_runs by name
with symptoms as (
    select
        run_id,
        max(k) as k
    from localized_signals
    where signal in (
        'write_without_effect',
        'unexpected_write',
        'writer_of_wrong_value',
        'last_writer_of_wrong_state',
        'wrong_value',
        'failed_write_as_expected', 'failed_write_on_wrong_entity', 'unrecovered_write_error', 'unrecovered_read_error',
        'write_on_wrong_entity', 'error_said'
    )
    group by run_id
),

claims as (
    select
        speech.run_id,
        coalesce(max(speech.k) filter (where cues.cue is not null), max(speech.k)) as k
    from localized_speech as speech
    left join localized_cues as cues on speech.run_id = cues.run_id and speech.k = cues.k and cues.cue = 'claim'
    where speech.speaker = 'agent'
    group by speech.run_id
)

select
    runs.run_id,
    macros.run_key(runs.run_id) as run_key,
    runs.bad_by,
    (select count(*) from localized_diffs as diffs
    where diffs.run_id = runs.run_id) as assertions,
    count(*) filter (where steps.is_candidate) as candidates,
    max(steps.step_id) filter (where steps.k = symptoms.k) as symptom_step_id,
    max(steps.step_id) filter (where steps.k = claims.k) as claim_step_id
from localized_runs as runs
left join localized_steps as steps on runs.run_id = steps.run_id
left join symptoms on runs.run_id = symptoms.run_id
left join claims on runs.run_id = claims.run_id
where runs.bad_by is not null
group by runs.run_id, runs.bad_by
