-- How many runs match: the number behind the list, with the same filters.
-- grain: one row
-- param q varchar default null: text to find in run id (or a whole trace id), outcome id, workflow, agent, error or claim; case does not matter
-- param workflow varchar default null: one workflow, or '(none)'
-- param env varchar default null: one environment, or '(none)'
-- param team varchar default null: one team, or '(none)'
-- param tenant varchar default null: one tenant, or '(none)'
-- param agent varchar default null: one agent, or '(none)'
-- param session varchar default null: one conversation, or '(none)'
-- param model varchar default null: runs with a call of this model
-- param tool varchar default null: runs with a call of this tool
-- param outcome varchar default null: runs that serve an outcome of this kind, or '(none)': of none
-- param agent_version varchar default null: one version of the agent, or '(none)'
-- param prompt_version varchar default null: one version of the prompt, or '(none)'
-- param kind varchar default null: runs with money of this kind: model, tool, people or infrastructure
-- param restated varchar default null: runs that moved a closed week's figures for a reason, like 2026-W46:late_checks (reasons: see restated_runs)
-- param status varchar default null: a status shown, or completed, escalated (anyhow), closed, not_closed, error
-- param declared varchar default null: success, failure, escalated, cancelled, or none
-- param verified varchar default null: success, failure, reversed, checked, or none
-- param cost varchar default null: priced (in full), not_priced, unpriced (with unpriced calls), usage_missing, or unpriced_costs (minutes without an amount)
-- param week varchar default null: ISO week of the start, like 2026-W46
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
select count(*) as runs
from marts.matching_runs(
    $q, $week, $from, $to, $workflow, $env, $team, $tenant, $agent, $session, $model, $status, $declared,
    $verified, $cost, $tool, $agent_version, $prompt_version, $kind, $restated, $outcome
)
