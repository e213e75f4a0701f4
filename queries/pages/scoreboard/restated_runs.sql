-- The runs behind a restatement: what each added to a figure of the closed week when it was closed, and what it adds now.
-- grain: one row per run, figure and reason
-- param week varchar default null: the closed ISO week, like 2026-W46
-- param reason varchar default null: late_runs, late_steps, late_ends, late_checks, reversals, late_costs, repricing, definition
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- status_before null: the run was not in the week (of this workflow, environment and team) then; status_after null: it is no more.
select
    coalesce(workflow, '(none)') as workflow,
    run_id,
    reason,
    figure,
    part_before,
    part_after,
    difference,
    status_before,
    status_after
from marts.restated_runs(macros.closed_week($week))
where ($reason::varchar is null or reason = $reason::varchar)
    and macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
order by workflow, run_id, figure, reason
