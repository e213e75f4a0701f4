-- marts.matching_runs: the runs that match the filters of the pages: one definition for the list and for its count.
-- grain: one row per run; each parameter is described at the read runs_page, null wants any
-- Each subquery compares with its parameter: where that is null DuckDB sees that nothing comes of it, and leaves it out.
-- No CTE here: above a CTE DuckDB reads every column of the rollup, whatever the page asks for.
create or replace macro marts.matching_runs(
    q, wanted_week, started_from, started_to, wanted_workflow, wanted_env, wanted_team, wanted_tenant, wanted_agent,
    wanted_session, wanted_model, wanted_status, wanted_declared, wanted_verified, wanted_cost, wanted_tool,
    wanted_agent_version, wanted_prompt_version, wanted_kind, wanted_restated, wanted_outcome
) as table
select *
from facts.runs
where (wanted_week::varchar is null or week = wanted_week::varchar)
    and (started_from::timestamp is null or started_at >= started_from::timestamp)
    and (started_to::timestamp is null or started_at < started_to::timestamp)
    and macros.matches(workflow, wanted_workflow)
    and macros.matches(env, wanted_env)
    and macros.matches(team, wanted_team)
    and macros.matches(tenant, wanted_tenant)
    and macros.matches(agent, wanted_agent)
    and macros.matches(session, wanted_session)
    and macros.matches(agent_version, wanted_agent_version)
    and macros.matches(prompt_version, wanted_prompt_version)
    and macros.run_matches_kind(
        wanted_kind, cost_usd, model_cost_usd, tool_cost_usd, people_cost_usd, infrastructure_cost_usd
    )
    and (
        wanted_tool::varchar is null
        or run_id in (
            select calls.run_id
            from facts.tool_calls as calls
            where calls.tool = wanted_tool::varchar
        )
    )
    and (
        wanted_outcome::varchar is null
        or (wanted_outcome::varchar = '(none)') <> (
            run_id in (
                select parts.run_id
                from marts.shared_parts('outcome', coalesce(started_from::timestamp, '0001-01-01'::timestamp)) as parts
                where parts.value = wanted_outcome::varchar or wanted_outcome::varchar = '(none)'
            )
        )
    )
    and (
        wanted_restated::varchar is null
        or run_id in (
            select restated.run_id
            from marts.restated_runs(macros.closed_week(split_part(wanted_restated::varchar, ':', 1))) as restated
            where restated.reason = split_part(wanted_restated::varchar, ':', 2)
        )
    )
    and (wanted_model::varchar is null or list_contains(models, wanted_model::varchar))
    and macros.run_matches_status(
        wanted_status, status_shown, is_verified_completion or is_declared_completion, is_escalated, is_closed, errors
    )
    and (wanted_declared::varchar is null or coalesce(declared, 'none') = wanted_declared::varchar)
    and macros.run_matches_verified(wanted_verified, verified)
    and macros.run_matches_cost(wanted_cost, is_priced, unpriced_calls, usage_missing_calls, unpriced_costs)
    and (
        q::varchar is null
        or macros.contains_text(run_id, q)
        or list_contains(trace_ids, q::varchar)
        or macros.contains_text(outcome_id, q)
        or macros.contains_text(workflow, q)
        or macros.contains_text(agent, q)
        or macros.contains_text(error_message, q)
        or macros.contains_text(claim, q)
    )
