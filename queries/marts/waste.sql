-- marts.waste: what the runs of a period spent in vain, by kind and workflow.
-- grain: one row per workflow and kind, per kind over all workflows (is_all), and per workflow over all kinds (kind null)
-- amount_usd: what the kind claims by itself; net_usd: what no kind above it claims, so that the kinds add up to the total,
-- which is never more than was spent (spent_usd, of all runs of the scope). spend_share: net_usd of spent_usd. runs: those
-- with such waste; scope_runs: all. waiting_runs: runs in the store whose waste is not worked out yet.
create or replace macro marts.waste(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
with wasted as (
    select *
    from marts.wasteful_runs(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
),

spent as (
    select
        workflow,
        grouping(workflow) = 1 as is_all,
        count(*) as scope_runs,
        sum(cost_usd) as spent_usd
    from facts.runs
    where (started_from::timestamp is null or started_at >= started_from::timestamp)
        and (started_to::timestamp is null or started_at < started_to::timestamp)
        and macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
    group by grouping sets ((workflow), ())
),

summed as (
    select
        workflow,
        kind,
        grouping(workflow) = 1 as is_all,
        bool_and(is_estimate) as is_estimate,
        count(distinct run_id) as runs,
        sum(steps)::bigint as steps,
        sum(unpriced_calls)::bigint as unpriced_calls,
        case when kind is not null then sum(amount_usd) end as amount_usd,
        sum(net_usd) as net_usd
    from wasted
    group by grouping sets ((workflow, kind), (kind), (workflow), ())
)

select
    summed.*,
    spent.scope_runs,
    spent.spent_usd,
    summed.net_usd::double / nullif(spent.spent_usd::double, 0) as spend_share,
    (select count(*) from facts.waiting_runs) as waiting_runs
from spent
inner join summed on spent.is_all = summed.is_all and spent.workflow is not distinct from summed.workflow
where spent.scope_runs > 0
