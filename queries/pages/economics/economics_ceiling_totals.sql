-- How often each ceiling was breached in a period, and what the runs cost that did.
-- grain: one row per workflow, limit and decision
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- A run that breached two ceilings is in both rows: these amounts do not add up to a spend.
select
    workflow,
    "limit",
    decision,
    count(*) as runs,
    sum(cost_usd) as cost_usd,
    count(*) filter (where not is_priced) as runs_not_priced,
    median(over_share) as median_over_share,
    max(over_share) as largest_over_share
from marts.ceilings
where ($from::timestamp is null or started_at >= $from::timestamp)
    and ($to::timestamp is null or started_at < $to::timestamp)
    and macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
group by workflow, "limit", decision
order by cost_usd desc nulls last, workflow, "limit", decision
