-- The values that runs can be filtered by, with the runs that each leads to.
-- grain: one row per dimension and value
with valued as (
    select
        unnest([
            { 'dimension': 'workflow', 'value': workflow },
            { 'dimension': 'env', 'value': env },
            { 'dimension': 'team', 'value': team },
            { 'dimension': 'tenant', 'value': tenant },
            { 'dimension': 'agent', 'value': agent },
            { 'dimension': 'status_shown', 'value': status_shown },
            { 'dimension': 'week', 'value': week }
        ], recursive := true),
        runs
    from (
        select
            workflow,
            env,
            team,
            tenant,
            agent,
            status_shown,
            week,
            count(*) as runs
        from facts.runs
        group by all
    )
    union all
    select
        'model' as dimension,
        unnest(models) as value,
        runs
    from (
        select
            models,
            count(*) as runs
        from facts.runs
        group by models
    )
)

select
    dimension,
    coalesce(value, '(none)') as value,
    sum(runs)::bigint as runs
from valued
group by dimension, value
