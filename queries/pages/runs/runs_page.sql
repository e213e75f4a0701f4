-- One page of the list of runs: those that match, sorted, cut to a window.
-- grain: one row per run
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
-- param sort varchar default started_at: started_at, duration_ms, cost_usd, steps, tool_calls, errors, input_tokens, workflow, agent, status_shown
-- param direction varchar default desc: asc or desc; rows without a value come last either way
-- param offset bigint default 0: rows to leave out before the window
-- param page_size bigint default 50: rows in the window
-- The window is chosen on narrow rows first; only its runs are read in full, found by their time.
with matching as (
    select
        run_id,
        started_at,
        case $sort::varchar
            when 'started_at' then epoch_us(started_at)::double
            when 'duration_ms' then duration_ms
            when 'cost_usd' then cost_usd::double
            when 'steps' then steps
            when 'tool_calls' then tool_calls
            when 'errors' then errors
            when 'input_tokens' then input_tokens
        end as sort_number,
        case $sort::varchar
            when 'workflow' then workflow
            when 'agent' then agent
            when 'status_shown' then status_shown
        end as sort_text
    from marts.matching_runs(
        $q, $week, $from, $to, $workflow, $env, $team, $tenant, $agent, $session, $model, $status,
        $declared, $verified, $cost, $tool, $agent_version, $prompt_version, $kind, $restated, $outcome
    )
),

chosen as (
    select *
    from matching
    order by
        sort_number is null and sort_text is null,
        case when $direction::varchar = 'asc' then sort_number end asc,
        case when $direction::varchar = 'asc' then sort_text end asc,
        sort_number desc,
        sort_text desc,
        started_at desc,
        run_id asc
    limit $page_size::bigint offset $offset::bigint
)

select runs.* exclude (run_key, step_batch_ids, week_start, first_step_at, last_step_at)
from facts.runs as runs
inner join chosen on runs.started_at = chosen.started_at and runs.run_id = chosen.run_id
order by
    chosen.sort_number is null and chosen.sort_text is null,
    case when $direction::varchar = 'asc' then chosen.sort_number end asc,
    case when $direction::varchar = 'asc' then chosen.sort_text end asc,
    chosen.sort_number desc,
    chosen.sort_text desc,
    chosen.started_at desc,
    chosen.run_id asc
