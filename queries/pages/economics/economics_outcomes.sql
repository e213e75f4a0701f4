-- The outcomes of a period by kind and workflow: how they ended, how many are checked, how long it took, value against cost.
-- grain: one row per outcome kind and workflow; the most outcomes first
-- param from timestamp default null: last run started at or after, UTC
-- param to timestamp default null: last run started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- value_minus_cost_usd: at least so much where `valued` are fewer than the verified. Columns: marts.finished_kinds.
select
    outcome,
    coalesce(workflow, '(none)') as workflow,
    * exclude (outcome, workflow),
    (value_usd - cost_usd)::decimal(38, 9) as value_minus_cost_usd
from marts.finished_kinds($now, $from, $to, $workflow, $env, $team)
order by opened desc, outcome nulls last, workflow
