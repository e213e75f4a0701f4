-- What runs did, beside the ceilings that the settings describe for their workflow.
-- grain: one row per run of a described workflow and ceiling; max is null where the settings say none
-- max_retries counts the steps that their sender calls a second attempt or a later one (attempt).
select
    run_id,
    unnest([
        {
            'limit': 'max_tool_calls', 'max': max_tool_calls::double, 'observed': tool_calls::double
        },
        {
            'limit': 'max_duration_s', 'max': max_duration_s, 'observed': duration_ms / 1000
        },
        {
            'limit': 'max_retries', 'max': max_retries::double, 'observed': retries::double
        },
        {
            'limit': 'max_cost_usd', 'max': max_cost_usd::double, 'observed': cost_usd::double
        }
    ], recursive := true)
from (
    select
        runs.run_id,
        runs.tool_calls,
        runs.duration_ms,
        runs.cost_usd,
        coalesce(retried.retries, 0) as retries,
        described.max_tool_calls,
        described.max_duration_s,
        described.max_retries,
        described.max_cost_usd
    from facts.workflows as described
    inner join facts.runs as runs on described.workflow = runs.workflow and described.is_described
    left join (
        select
            run_id,
            count(*) as retries
        from facts.steps
        where attempt > 1 and is_step
        group by run_id
    ) as retried on runs.run_id = retried.run_id
)
