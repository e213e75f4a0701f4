-- Failures that are alike: the same workflow, the same step to blame by what it is, the same strongest evidence and kind of error.
-- grain: one row per incident; runs of which no step is named are in none
-- incident_key: made of these four, so that it stays the same when runs come. cost_usd: what the runs known to have a cost
-- cost together; priced says how many those are.
with named as (
    select
        culprits.run_id,
        culprits.kind,
        culprits.name,
        culprits.class,
        culprits.confidence,
        culprits.evidence[1].signal as signal,
        culprits.step_id
    from marts.culprits as culprits
    where culprits.rank = 1 and not culprits.abstained
),

failed as (
    select
        named.*,
        steps.error_type,
        runs.workflow,
        runs.agent_version,
        runs.prompt_version,
        runs.started_at,
        runs.cost_usd,
        runs.value_usd,
        runs.is_silent_failure
    from named
    inner join facts.runs as runs on named.run_id = runs.run_id
    left join facts.steps as steps on named.run_id = steps.run_id and named.step_id = steps.step_id
)

select
    md5(concat_ws(
        '|',
        coalesce(workflow, '(none)'),
        coalesce(kind, '(none)'),
        coalesce(name, '(none)'),
        coalesce(signal, '(none)'),
        coalesce(error_type, '(none)')
    ))[1:12] as incident_key,
    workflow,
    kind,
    name,
    signal,
    error_type,
    mode(class) as class,
    count(*) as runs,
    count(*) filter (where is_silent_failure) as silent_failures,
    sum(cost_usd) as cost_usd,
    count(cost_usd) as priced,
    min(started_at) as first_seen_at,
    max(started_at) as last_seen_at,
    list_sort(list(distinct agent_version) filter (where agent_version is not null)) as agent_versions,
    list_sort(list(distinct prompt_version) filter (where prompt_version is not null)) as prompt_versions,
    avg(confidence)::double as mean_confidence,
    (array_agg(run_id order by confidence desc, started_at asc, run_id asc))[1:5] as example_run_ids
from failed
group by workflow, kind, name, signal, error_type
