-- What one finished thing costs: per run, per declared and per verified completion, by one dimension, with all it rests on.
-- grain: one row per value of the dimension that has an outcome in the period; the most spent first
-- param dimension varchar default null: outcome, workflow, workflow_version, agent, agent_version, prompt_version, env, tenant or team; default all in one row
-- param from timestamp default null: last run started at or after, UTC
-- param to timestamp default null: last run started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
select *
from marts.unit_costs($now, $dimension, $from, $to, $workflow, $env, $team)
order by spend_usd desc nulls last, value
