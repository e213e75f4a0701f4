-- What to look at first: the movements of the week for the worse with most money at stake, only where the evidence is good.
-- grain: one row per workflow and what moved, most money first, at most `most`
-- param week varchar default null: ISO week like 2026-W46; default the last complete week
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param most bigint default 3: how many
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- what: silent_failures and escalations (shares), cost_per_completion (USD), waste (USD per run: loops, repeats, retries).
select
    coalesce(workflow, '(none)') as workflow,
    * exclude (workflow)
from marts.look_first(macros.asked_week($week, $now), $workflow, $env, $team)
order by stake_usd desc nulls last, p, workflow, what
limit $most::bigint
