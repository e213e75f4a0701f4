-- Cost and usage as FOCUS 1.4 rows: estimates by hour, account (tenant), team, agent, model and meter. No provider's bill.
-- grain: one row per hour, account, team, env, agent, its version, workflow, outcome, model, meter and price
-- param from timestamp default null: runs started at or after, UTC
-- param to timestamp default null: runs started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- The sum of EffectiveCost is the spend of economics_headline for the same parameters, to the billionth of a dollar.
select * exclude (ProviderName, PublisherName)  -- noqa: CP02
from marts.focus_rows($from, $to, $workflow, $env, $team)
order by all
