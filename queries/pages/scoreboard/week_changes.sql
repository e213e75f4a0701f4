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
-- As of now: of closed weeks too.
select
    case when is_total then null else coalesce(workflow, '(none)') end as workflow,
    * exclude (workflow, is_total)
from marts.week_changes(macros.asked_week($week, $now), $workflow, $env, $team)
order by is_total desc, abs(change_usd * completions_now) desc nulls last, workflow
