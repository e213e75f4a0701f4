-- The outcomes of a period by kind and workflow: how they ended, how many are checked, how long it took, value against cost.
-- grain: one row per outcome kind and workflow; the most outcomes first
-- param from timestamp default null: last run started at or after, UTC
-- param to timestamp default null: last run started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- is_always_as_declared: over at least 20 checks none ever contradicted the agent: somebody may have mapped the one onto the
-- other. is_by_model: every check was made by a model. Columns: marts.finished_kinds.
select
    outcome,
    coalesce(workflow, '(none)') as workflow,
    * exclude (outcome, workflow),
    (coalesce(value_usd, 0) - valued_cost_usd)::decimal(38, 9) as value_minus_cost_usd,
    compared >= 20 and as_declared = compared as is_always_as_declared,
    checked > 0 and by_model = checked as is_by_model
from marts.finished_kinds($now, $from, $to, $workflow, $env, $team)
order by opened desc, outcome nulls last, workflow
