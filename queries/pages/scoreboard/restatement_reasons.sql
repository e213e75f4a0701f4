-- Why the figures of a closed week moved: how many runs each reason is about, and how far the runs reach.
-- grain: one row per reason
-- param week varchar default null: the closed ISO week, like 2026-W46
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- cost_usd: what the reason did to the week's spend.
select
    reason,
    count(distinct run_id) as runs,
    count(distinct workflow) as workflows,
    coalesce(sum(difference) filter (where figure = 'cost_usd'), 0) as cost_usd
from marts.restated_runs(macros.closed_week($week))
where macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
group by reason
order by runs desc, reason
