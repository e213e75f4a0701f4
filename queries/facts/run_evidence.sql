-- facts.run_evidence: all that is known of the runs touched by batches after `after_batch_id` up to `upto_batch_id`, side by side: steps, end, check, costs.
-- grain: one row per run that has a step or a final event
-- Words said on the final event win over the same words said on steps; those on steps are the last said.
create or replace macro facts.run_evidence(after_batch_id, upto_batch_id) as table
select
    steps.* exclude (run_id, workflow, workflow_version, agent_version, prompt_version, env, tenant, team, user, session,
        batch_id, first_step_at, last_step_at),
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
    checks.outcome,
    checks.outcome_id,
    costs.amount_usd as extra_cost_usd,
    coalesce(costs.priced_costs, 0) as priced_costs,
    coalesce(costs.unpriced_costs, 0) as unpriced_costs,
    coalesce(steps.first_step_at, ends.declared_at) as first_step_at,
    coalesce(steps.last_step_at, ends.declared_at) as last_step_at,
    greatest(steps.batch_id, ends.batch_id, checks.batch_id, costs.batch_id) as batch_id
from facts.step_totals(after_batch_id, upto_batch_id) as steps
full outer join facts.last_run_ends(after_batch_id, upto_batch_id) as ends on steps.run_id = ends.run_id
left join facts.last_checks(after_batch_id, upto_batch_id) as checks on coalesce(steps.run_id, ends.run_id) = checks.run_id
left join facts.run_costs(after_batch_id, upto_batch_id) as costs on coalesce(steps.run_id, ends.run_id) = costs.run_id
