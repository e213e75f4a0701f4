-- Whether a run was normal: the runs of its workflow and versions in the four weeks before it, beside it.
-- grain: one row, or none where no such run is known
-- param run_id varchar default null: the run
-- Unknown versions are compared with unknown versions. The share is of checked runs; null under 20 of them.
with here as (
    select *
    from facts.runs
    where run_key = macros.run_key($run_id::varchar) and run_id = $run_id::varchar
)

select
    count(runs.run_id) as runs,
    count(*) filter (where runs.is_checked) as checked,
    count(*) filter (where runs.is_checked and runs.verified <> 'success') as checked_failures,
    macros.share(
        count(*) filter (where runs.is_checked and runs.verified <> 'success'), count(*) filter (where runs.is_checked)
    ) as checked_failure_share,
    count(*) filter (where runs.is_escalated) as escalated,
    median(runs.steps) as median_steps,
    median(runs.tool_calls) as median_tool_calls,
    median(runs.duration_ms) as median_duration_ms,
    median(runs.cost_usd)::decimal(38, 9) as median_cost_usd,
    count(runs.cost_usd) as priced,
    count(*) filter (where runs.cost_usd >= here.cost_usd) as as_dear_runs,
    count(*) filter (where runs.steps >= here.steps) as as_long_runs
from here
left join facts.runs as runs
    on here.workflow = runs.workflow
    and here.agent_version is not distinct from runs.agent_version
    and here.prompt_version is not distinct from runs.prompt_version
    and here.env is not distinct from runs.env
    and here.started_at > runs.started_at
    and here.started_at <= runs.started_at + interval 28 day
group by here.run_id
