-- Refresh 14g: all that is known of the touched runs, side by side: what their steps add up to, their end (the last said),
-- their check (the latest), their other costs.
-- grain: one row per run that has a step or a final event
-- Minutes without an amount have no price yet: they are counted, never taken as 0. Words said on the final event win over the
-- same words said on steps.
create or replace temp table run_evidence as
with steps as materialized (
    select totals.* from rollup.step_totals as totals
    semi join touched_runs on totals.run_id = touched_runs.run_id
    -- A trace of nothing but plumbing (a health check, an agent being built) is no run.
    where totals.steps > 0
),

ends as materialized (
    select run_ends.*
    from facts.run_ends as run_ends
    semi join touched_runs on run_ends.run_id = touched_runs.run_id
    qualify row_number() over (partition by run_ends.run_id order by run_ends.said_order desc) = 1
),

checks as materialized (
    select * from check_results
    where run_id is not null
),

served as (
    select
        run_id,
        arg_min(outcome, create_sort_key(outcome, 'asc nulls last', outcome_id, 'asc nulls last')) as outcome,
        arg_min(outcome_id, create_sort_key(outcome, 'asc nulls last', outcome_id, 'asc nulls last')) as outcome_id
    from served_outcomes
    group by run_id
),

said_kinds as (
    select
        claims.run_id,
        min(claims.outcome) as outcome
    from facts.outcome_claims as claims
    semi join touched_runs on claims.run_id = touched_runs.run_id
    where claims.outcome_id is null
    group by claims.run_id
),

said_costs as (
    select
        events.run_id,
        events.kind,
        events.batch_id,
        -- As facts.costs says it, by the workflow that the run has from now on.
        coalesce(events.amount_usd::decimal(38, 9), macros.minutes_usd(
            events.minutes,
            facts.people_rate(
                events.kind,
                coalesce(ends.workflow, steps.workflow, steps.root_agent, steps.service),
                events.occurred_at
            ).usd
        )) as amount_usd
    from told_costs as events
    left join steps on events.run_id = steps.run_id
    left join ends on events.run_id = ends.run_id
),

costs as (
    select
        run_id,
        max(batch_id) as batch_id,
        sum(amount_usd) as amount_usd,
        sum(amount_usd) filter (where kind = 'human') as people_cost_usd,
        sum(amount_usd) filter (where kind = 'tool') as tool_event_cost_usd,
        sum(amount_usd) filter (where kind = 'infrastructure') as infrastructure_cost_usd,
        count(*) filter (where amount_usd is null) as unpriced_costs
    from said_costs
    group by run_id
)

select
    steps.* exclude (
        run_id, run_key, workflow, workflow_version, agent_version, prompt_version, env, tenant, team, user, session,
        batch_id, first_step_at, last_step_at
    ),
    coalesce(steps.run_id, ends.run_id) as run_id,
    coalesce(ends.workflow, steps.workflow, steps.root_agent, steps.service) as workflow,
    coalesce(ends.workflow_version, steps.workflow_version) as workflow_version,
    coalesce(ends.agent, steps.root_agent, steps.last_agent) as agent,
    coalesce(ends.agent_version, steps.agent_version) as agent_version,
    coalesce(ends.prompt_version, steps.prompt_version) as prompt_version,
    coalesce(ends.env, steps.env) as env,
    coalesce(ends.tenant, steps.tenant) as tenant,
    coalesce(ends.team, steps.team) as team,
    coalesce(ends.user, steps.user) as user,
    coalesce(ends.session, steps.session) as session,
    coalesce(ends.declared, steps.declared_said, steps.declared_root) as declared,
    case
        when ends.declared is not null then 'final'
        when steps.declared_said is not null then 'attribute'
        when steps.declared_root is not null then 'root_status'
    end as declared_by,
    ends.declared_at,
    ends.claim,
    ends.total_latency_ms,
    ends.reported_cost_usd as run_end_cost_usd,
    ends.time_basis as declared_time_basis,
    checks.verified,
    checks.checked_by,
    checks.method,
    checks.checked_at,
    checks.resolved_at,
    checks.value_usd,
    coalesce(checks.said_outcome, served.outcome, said_kinds.outcome) as outcome,
    coalesce(checks.said_outcome_id, served.outcome_id) as outcome_id,
    served.run_id is not null as serves_named,
    costs.amount_usd as extra_cost_usd,
    costs.people_cost_usd,
    costs.tool_event_cost_usd,
    costs.infrastructure_cost_usd,
    coalesce(costs.unpriced_costs, 0) as unpriced_costs,
    coalesce(steps.first_step_at, ends.declared_at) as first_step_at,
    coalesce(steps.last_step_at, ends.declared_at) as last_step_at,
    greatest(steps.batch_id, ends.batch_id, checks.batch_id, costs.batch_id) as batch_id
from steps
full outer join ends on steps.run_id = ends.run_id
left join checks on coalesce(steps.run_id, ends.run_id) = checks.run_id
left join served on coalesce(steps.run_id, ends.run_id) = served.run_id
left join said_kinds on coalesce(steps.run_id, ends.run_id) = said_kinds.run_id
left join costs on coalesce(steps.run_id, ends.run_id) = costs.run_id
