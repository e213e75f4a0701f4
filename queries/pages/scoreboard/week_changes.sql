-- What changed: the unit cost of a week (spend per completion) against the week before, split into effects that add up to the
-- change exactly.
-- grain: one row per workflow with priced runs in either week, and one over all of them (workflow null), first
-- param week varchar default null: ISO week like 2026-W46; default the last complete week
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- volume: how the runs are spread over workflows (always 0 within one). price: per token of a model and bucket. model_mix: which
-- model served them. tokens: how many a run takes of input, cached input and output. other_costs: tools, people,
-- infrastructure, per run. completion: completions per run. Null under 20 priced runs or without a completion in either week.
-- As of now: of closed weeks too. waiting_runs: runs of both weeks whose models are not worked out yet: until then their model
-- money stands under other_costs.
with asked as (
    select macros.asked_week($week, $now) as week_start
),

waiting as (
    select count(*) as waiting_runs
    from facts.waiting_runs as waiting
    inner join facts.runs as runs on waiting.run_id = runs.run_id
    inner join asked on runs.week_start in (asked.week_start, asked.week_start - 7)
)

select
    case when changes.is_total then null else coalesce(changes.workflow, '(none)') end as workflow,
    changes.* exclude (workflow, is_total),
    waiting.waiting_runs
from marts.week_changes((select asked.week_start from asked), $workflow, $env, $team) as changes
cross join waiting
order by changes.is_total desc, abs(changes.change_usd * changes.completions_now) desc nulls last, changes.workflow
