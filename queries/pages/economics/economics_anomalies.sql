-- Days on which a workflow spent far more than usual, the greatest amount beyond it first.
-- grain: one row per workflow and stretch of such days
-- param min_usd double default 1: days that cost less are left out
-- param from timestamp default null: from this day on, UTC
-- param to timestamp default null: before this day, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- Method: marts.anomalies.
select
    coalesce(workflow, '(none)') as workflow,
    first_day,
    last_day,
    days,
    runs,
    cost_usd,
    usual_usd,
    impact_usd,
    score
from marts.anomalies($from, $to, $min_usd, $workflow, $env, $team)
order by impact_usd desc, first_day, workflow
limit 20
