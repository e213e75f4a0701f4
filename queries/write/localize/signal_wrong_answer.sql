-- S12: the answer was found wrong: who first said what is wrong, who said it last, who said last anything.
-- grain: one row per step that said or gave something, and signal
insert into localized_signals by name
with wrong as (
    select
        diff_values.run_id,
        diff_values.found
    from localized_diff_values as diff_values
    inner join localized_diffs as diffs
        on diff_values.run_id = diffs.run_id and diffs.kind = 'answer' and diff_values.entity = diffs.entity
    where diff_values.side = 'actual' and length(diff_values.found) between 1 and 200
),

said as (
    select
        steps.run_id,
        steps.k,
        steps.name,
        steps.agent,
        wrong.found,
        row_number() over (partition by steps.run_id, wrong.found order by steps.k) as place,
        row_number() over (partition by steps.run_id, wrong.found order by steps.k desc) as place_from_end
    from localized_steps as steps
    inner join wrong on steps.run_id = wrong.run_id
        and regexp_matches(
            lower(steps.output), '(^|[^a-z0-9])' || regexp_escape(wrong.found) || '([^a-z0-9]|$)'
        )
    where steps.is_candidate
),

answers as (
    select
        speech.run_id,
        max(speech.k) as k
    from localized_speech as speech
    semi join (select run_id from localized_diffs
        where kind = 'answer') as asked on speech.run_id = asked.run_id
    where speech.speaker = 'agent'
    group by speech.run_id
)

select
    run_id,
    k,
    case when place = 1 then 'first_wrong_answer' else 'last_wrong_answer' end as signal,
    coalesce(agent || ' ', '') || 'says ' || found || ', which is wrong' as evidence,
    [k] as evidence_ks
from said
where place = 1 or place_from_end = 1
union all
select
    run_id,
    k,
    'last_answer' as signal,
    'the last thing said, in a run whose answer was found wrong' as evidence,
    [k] as evidence_ks
from answers
