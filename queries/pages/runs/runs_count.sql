-- How many runs match: the number behind the list, with the same filters.
-- grain: one row
-- param q varchar default null: text to find in run id, outcome id, workflow, agent, error or claim; case does not matter
-- param workflow varchar default null: one workflow, or '(none)'
-- param env varchar default null: one environment, or '(none)'
-- param team varchar default null: one team, or '(none)'
-- param tenant varchar default null: one tenant, or '(none)'
-- param agent varchar default null: one agent, or '(none)'
-- param model varchar default null: runs with a call of this model
-- param status varchar default null: a status shown, or completed, escalated (anyhow), closed, not_closed, error
-- param declared varchar default null: success, failure, escalated, cancelled, or none
-- param verified varchar default null: success, failure, reversed, checked, or none
-- param cost varchar default null: priced (in full), not_priced, unpriced (with unpriced calls), or usage_missing
-- param week varchar default null: ISO week of the start, like 2026-W46
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
select count(*) as runs
from facts.runs
where ($week::varchar is null or week = $week::varchar)
    and ($from::timestamp is null or started_at >= $from::timestamp)
    and ($to::timestamp is null or started_at < $to::timestamp)
    and macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
    and macros.matches(tenant, $tenant)
    and macros.matches(agent, $agent)
    and ($model::varchar is null or list_contains(models, $model::varchar))
    and macros.run_matches_status(
        $status, status_shown, is_verified_completion or is_declared_completion, is_escalated, is_closed, errors
    )
    and ($declared::varchar is null or coalesce(declared, 'none') = $declared::varchar)
    and macros.run_matches_verified($verified, verified)
    and macros.run_matches_cost($cost, is_priced, unpriced_calls, usage_missing_calls)
    and (
        $q::varchar is null
        or macros.contains_text(run_id, $q)
        or macros.contains_text(outcome_id, $q)
        or macros.contains_text(workflow, $q)
        or macros.contains_text(agent, $q)
        or macros.contains_text(error_message, $q)
        or macros.contains_text(claim, $q)
    )
