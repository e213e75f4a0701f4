-- Runs whose final event says another cost of the whole than what their steps come to, by more than 5 %. The greatest
-- difference first.
-- grain: one row per run
-- param since timestamp default null: runs from this moment on; null: all
-- param limit_rows bigint default 200: rows at most
-- said_cost_usd: of the final event. Runs with people or infrastructure in their cost are left out: a final event cannot
-- know of those.
with ends as (
    select
        run_id,
        arg_max({ 'usd': reported_cost_usd }, said_order).usd as said_cost_usd
    from facts.run_ends
    group by run_id
)

select
    runs.run_id,
    runs.workflow,
    runs.started_at,
    ends.said_cost_usd,
    runs.cost_usd,
    runs.cost_usd - ends.said_cost_usd as difference_usd,
    runs.cost_status
from facts.runs as runs
inner join ends on runs.run_id = ends.run_id
where
    runs.started_at >= coalesce($since::timestamp, '0001-01-01'::timestamp)
    and runs.people_cost_usd is null and runs.infrastructure_cost_usd is null
    and abs(runs.cost_usd - ends.said_cost_usd) > ends.said_cost_usd::decimal(38, 9) * 0.05::decimal(3, 2)
order by abs(runs.cost_usd - ends.said_cost_usd) desc, runs.run_id
limit $limit_rows::bigint
