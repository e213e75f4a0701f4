-- Which model served which kind of step of which agent: calls, tokens, cost.
-- grain: one row per workflow, agent, kind of step served and model
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- served_kind: what was done after the call and before the run's next one; answer where nothing was.
select *
from marts.served_steps($from, $to, $workflow, $env, $team)
order by workflow asc nulls last, agent asc nulls last, served_kind asc, cost_usd desc nulls last, model asc nulls last
