-- facts.step_totals: what steps add up to, for the runs with a step in a batch after `after_batch_id` up to `upto_batch_id`
-- (all steps of these runs are taken, older and newer ones too).
-- grain: one row per such run
-- Tokens and money are taken at the innermost model call; containers and plumbing are never counted as calls.
-- A wrapper is a model call with a model call under it, directly or through plumbing and other spans; below a tool or an agent
-- it is a call of its own. The search goes only through spans that have such spans below them, so that the HTTP span of a
-- call, the usual case, is not searched.
-- A token sum past 64 bits (a hostile sender) is unknown, null. Words (workflow, env, …) are the last said.
-- A run that the rollup does not know has all its steps after the watermark; of the others it says in which batches they
-- came, so that only these row groups are read.
create or replace macro facts.step_totals(after_batch_id, upto_batch_id) as table
with recursive touched as materialized (
    select unnest(list(distinct run_id)) as run_id
    from staging.steps
    where batch_id > after_batch_id and batch_id <= upto_batch_id
),

touched_batches as (
    select batch_id
    from staging.steps
    where batch_id > after_batch_id
    union
    select unnest(rolled.step_batch_ids) as batch_id
    from rollup.runs as rolled
    semi join touched on rolled.run_id = touched.run_id
),

chosen as materialized (
    select steps.* exclude (details, attributes, events, links, span_extra)
    from facts.steps as steps
    semi join (select unnest(list(batch_id)) as batch_id from touched_batches) as batches
        on steps.batch_id = batches.batch_id
    semi join touched on steps.run_id = touched.run_id
),

spans as materialized (
    select
        run_id,
        step_id,
        parent_step_id,
        kind = 'model_call' as is_call
    from chosen
    where kind in ('model_call', 'plumbing', 'other') and parent_step_id is not null
),

parents as materialized (
    select
        spans.run_id,
        spans.step_id,
        spans.parent_step_id
    from spans
    semi join spans as below on spans.run_id = below.run_id and spans.step_id = below.parent_step_id
    where not spans.is_call
),

between_calls as (
    select
        parents.run_id,
        parents.step_id,
        calls.step_id as wrapper_id
    from parents
    inner join chosen as calls on parents.run_id = calls.run_id and parents.parent_step_id = calls.step_id
    where calls.kind = 'model_call'
    union
    select
        parents.run_id,
        parents.step_id,
        between_calls.wrapper_id
    from between_calls
    inner join parents
        on between_calls.run_id = parents.run_id and between_calls.step_id = parents.parent_step_id
),

wrappers as (
    select
        run_id,
        parent_step_id as step_id
    from spans
    where is_call
    union
    select
        between_calls.run_id,
        between_calls.wrapper_id as step_id
    from between_calls
    inner join spans
        on between_calls.run_id = spans.run_id and between_calls.step_id = spans.parent_step_id
    where spans.is_call
),

related as (
    select
        chosen.*,
        chosen.parent_step_id is not null and parent.step_id is null as is_orphan,
        chosen.kind = 'model_call' and wrapped.step_id is null as is_model_call,
        chosen.kind not in ('model_call', 'agent', 'workflow', 'plumbing') as is_other_money
    from chosen
    left join chosen as parent
        on chosen.run_id = parent.run_id and chosen.parent_step_id = parent.step_id
    left join wrappers as wrapped on chosen.run_id = wrapped.run_id and chosen.step_id = wrapped.step_id
)

select
    run_id,
    macros.run_key(run_id) as run_key,
    arg_max(agent, said_order) as last_agent,
    arg_max(agent, said_order) filter (where parent_step_id is null) as root_agent,
    arg_max(service, said_order) as service,
    arg_max(agent_version, said_order) as agent_version,
    arg_max(workflow, said_order) as workflow,
    arg_max(workflow_version, said_order) as workflow_version,
    arg_max(prompt_version, said_order) as prompt_version,
    arg_max(env, said_order) as env,
    arg_max(tenant, said_order) as tenant,
    arg_max(team, said_order) as team,
    arg_max(user, said_order) as user,
    arg_max(session, said_order) as session,
    arg_max(declared, said_order) filter (where macros.is_said(field_sources, 'declared'))
        as declared_said,
    arg_max(declared, said_order) filter (where parent_step_id is null) as declared_root,
    arg_min(dialect, said_order) as dialect,
    arg_min(coalesce(error_message, error_type), said_order) filter (where status = 'error' and is_step)
        as error_message,
    list_sort(list(distinct model) filter (where is_model_call and model is not null)) as models,
    list_sort(list(distinct batch_id)) as step_batch_ids,
    min(started_at) as first_step_at,
    max(started_at) as last_step_at,
    min(started_at) filter (where time_basis <> 'ingest') as said_started_at,
    max(ended_at) filter (where time_basis = 'event') as said_ended_at,
    max(batch_id) as batch_id,
    bool_or(parent_step_id is null) as has_root,
    count(*) filter (where is_orphan) as orphan_steps,
    count(*) filter (where is_step) as steps,
    count(*) filter (where is_model_call) as model_calls,
    count(*) filter (where is_model_call and status = 'error') as failed_model_calls,
    count(*) filter (where kind = 'tool_call') as tool_calls,
    count(*) filter (where kind = 'tool_call' and status = 'error') as failed_tool_calls,
    count(*) filter (where is_step and status = 'error') as errors,
    count(*) filter (where kind = 'approval') as approvals,
    count(*) filter (where kind = 'validator') as validators,
    count(*) filter (where kind = 'ceiling') as ceilings,
    count(*) filter (where kind = 'escalation') as escalations,
    count(*) filter (where is_model_call and cost_status = 'reported') as priced_calls,
    count(*) filter (where is_model_call and cost_status = 'unpriced') as unpriced_calls,
    count(*) filter (where is_model_call and cost_status = 'usage_missing') as usage_missing_calls,
    try_cast(sum(input_tokens) filter (where is_model_call) as bigint) as input_tokens,
    try_cast(sum(output_tokens) filter (where is_model_call) as bigint) as output_tokens,
    try_cast(sum(cache_read_tokens) filter (where is_model_call) as bigint) as cache_read_tokens,
    try_cast(sum(cache_write_tokens) filter (where is_model_call) as bigint) as cache_write_tokens,
    try_cast(sum(reasoning_tokens) filter (where is_model_call) as bigint) as reasoning_tokens,
    sum(cost_usd) filter (where is_model_call) as model_cost_usd,
    sum(cost_usd) filter (where is_other_money) as other_step_cost_usd
from related
group by run_id
