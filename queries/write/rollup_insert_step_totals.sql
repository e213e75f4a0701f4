-- Refresh 13b: put them in again: what the steps of each run add up to.
-- grain: one row per run with a touched step
-- Containers and plumbing are never counted as calls; tokens and money are taken at the counted model calls.
-- A token sum past 64 bits (a hostile sender) is unknown, null. Words (workflow, env, …) are the last said.
-- declared_root, where nobody said how the run ended: failure where its last root, or an agent that no tool called, ended
-- with an error, or where its last call is a failed model call; else success once a root has ended.
-- Where only agents say what was used, their sums stand in (is_usage_holder); summed tokens are not priced.
-- fingerprint: of system prompts, tool definitions and models, where a sender captures them: tells versions of an agent apart.
insert into rollup.step_totals by name
with recursive below_calls as (
    select steps.step_hash
    from touched_steps as steps
    semi join touched_steps as callers on steps.parent_hash = callers.step_hash and callers.kind = 'tool_call'
    semi join touched_steps as failed
        on steps.run_id = failed.run_id and failed.kind = 'agent' and failed.status = 'error'
    union
    select steps.step_hash
    from below_calls
    inner join touched_steps as steps on below_calls.step_hash = steps.parent_hash
),

split_traces as (
    select distinct splits.trace_id
    from rollup.run_splits as splits
    semi join touched_traces on splits.trace_id = touched_traces.trace_id
),

-- What tells of the calls of another trace begins and ends no run.
lone_traces as (
    select distinct trace_id from rollup.run_keys
    where starts_with(shared_key, 'lone:') and is_follower
),

-- Few steps have others below them: a small table to look parents up in.
parents as (
    select
        steps.step_hash,
        steps.step_id,
        steps.run_id
    from touched_steps as steps
    semi join (select distinct parent_hash from touched_steps) as children on steps.step_hash = children.parent_hash
),

bucketed as (
    select
        *,
        macros.call_buckets(
            input_tokens, cache_read_tokens, cache_write_tokens, cache_write_1h_tokens, output_tokens,
            reasoning_tokens, audio_input_tokens, audio_output_tokens
        ) as buckets
    from touched_steps
),

related as (
    select
        steps.* exclude (buckets),
        steps.parent_step_id is null and lone_traces.trace_id is null as is_root,
        split_traces.trace_id is not null as is_split,
        steps.signal = 'traces' and lone_traces.trace_id is null and (
            steps.parent_step_id is null
            or (
                split_traces.trace_id is not null and parent.step_id is null
                and (steps.kind in ('agent', 'workflow') or steps.run_id = steps.trace_id || ':' || steps.step_id)
            )
        ) as is_root_span,
        steps.parent_step_id is not null and parent.step_id is null as is_orphan,
        steps.kind = 'model_call' and not steps.is_twin as is_model_call,
        steps.kind = 'tool_call' and not steps.is_twin as is_tool_call,
        steps.kind <> 'plumbing' and not steps.is_twin as is_step,
        steps.kind not in ('model_call', 'agent', 'workflow', 'plumbing') and not steps.is_twin as is_other_money,
        coalesce(
            rates.usd, macros.buckets_cost_usd(steps.buckets, steps.duration_ms, prices.unit_price)
        ) as computed_cost_usd,
        steps.kind = 'agent' and steps.status = 'error' and steps.signal = 'traces' and called.step_hash is null
            as is_failed_agent
    from bucketed as steps
    left join parents as parent
        on steps.parent_hash = parent.step_hash and steps.run_id = parent.run_id
    left join below_calls as called on steps.step_hash = called.step_hash
    left join split_traces on steps.trace_id = split_traces.trace_id
    left join lone_traces on steps.trace_id = lone_traces.trace_id
    left join facts.unit_prices_in_force as prices
        on steps.price_model = prices.model
        and steps.price_provider is not distinct from prices.provider
        and steps.price_tier is not distinct from prices.service_tier
        and steps.started_at::date = prices.day
        and coalesce(steps.input_tokens, 0) >= prices.min_input_tokens
        and coalesce(steps.input_tokens, 0) <= prices.max_input_tokens
        and macros.second_of_day(steps.started_at) >= prices.from_second
        and macros.second_of_day(steps.started_at) < prices.to_second
        and not steps.is_twin and steps.kind in ('model_call', 'retrieval')
    left join facts.rates_in_force as rates
        on steps.name = rates.name
        and steps.started_at::date >= rates.valid_from and steps.started_at::date < rates.valid_until
        and not steps.is_twin and steps.kind = 'tool_call' and rates.kind = 'tool'
),

costed as (
    select
        *,
        coalesce(computed_cost_usd, reported_cost_usd) as cost_usd,
        macros.call_cost_status(computed_cost_usd, reported_cost_usd, input_tokens, output_tokens) as cost_status
    from related
),

totals as (
    select
        run_id,
        macros.run_key(run_id) as run_key,
        list_sort(list(distinct trace_id) filter (where signal <> 'events')) as trace_ids,
        arg_max(agent, said_order) as last_agent,
        arg_max(agent, said_order) filter (where is_root) as root_agent,
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
        arg_max(declared, said_order)
            filter (where is_declared_said) as declared_said,
        case
            when bool_or(is_failed_agent) then 'failure'
            when
                (bool_or(is_split) or arg_max(declared, said_order) filter (where is_root_span) = 'success')
                and arg_max(status = 'error' and is_model_call, said_order) filter (where is_model_call or is_tool_call)
                then 'failure'
            when bool_or(is_split) and bool_or(is_root_span) then 'success'
            else arg_max(declared, said_order) filter (where is_root_span)
        end as declared_root,
        arg_min(dialect, said_order) as dialect,
        arg_min(coalesce(error_message, error_type), said_order)
            filter (where status = 'error' and is_step) as error_message,
        list_sort(
            list(distinct model) filter (where (is_model_call or is_usage_holder) and model is not null)
        ) as models,
        list_sort(list(distinct system_prompt_hash) filter (where system_prompt_hash is not null)) as system_prompts,
        list_sort(list(distinct tool_definitions_hash) filter (where tool_definitions_hash is not null)) as tool_sets,
        list_sort(list(distinct batch_id)) as step_batch_ids,
        min(started_at) as first_step_at,
        max(started_at) as last_step_at,
        min(started_at) filter (where time_basis <> 'ingest') as said_started_at,
        max(ended_at) filter (where time_basis = 'event') as said_ended_at,
        max(batch_id) as batch_id,
        bool_or(is_root) as has_root,
        count(*) filter (where is_orphan) as orphan_steps,
        count(*) filter (where is_step) as steps,
        count(*) filter (where is_model_call) as model_calls,
        count(*) filter (where is_model_call and status = 'error') as failed_model_calls,
        count(*) filter (where is_tool_call) as tool_calls,
        count(*) filter (where is_tool_call and status = 'error') as failed_tool_calls,
        count(*) filter (where is_step and status = 'error') as errors,
        count(*) filter (where kind = 'approval' and is_step) as approvals,
        count(*) filter (where kind = 'validator') as validators,
        count(*) filter (where kind = 'ceiling') as ceilings,
        count(*) filter (where kind = 'escalation') as escalations,
        count(*) filter (where is_model_call and cost_status in ('priced', 'reported')) as priced_calls,
        count(*) filter (where is_model_call and cost_status = 'reported') as reported_calls,
        count(*) filter (
            where (is_model_call and cost_status = 'unpriced') or (is_usage_holder and reported_cost_usd is null)
        ) as unpriced_calls,
        count(*) filter (where is_model_call and cost_status = 'usage_missing') as usage_missing_calls,
        try_cast(sum(input_tokens) filter (where is_model_call or is_usage_holder) as bigint) as input_tokens,
        try_cast(sum(output_tokens) filter (where is_model_call or is_usage_holder) as bigint) as output_tokens,
        try_cast(
            sum(cache_read_tokens) filter (where is_model_call or is_usage_holder) as bigint
        ) as cache_read_tokens,
        try_cast(
            sum(cache_write_tokens) filter (where is_model_call or is_usage_holder) as bigint
        ) as cache_write_tokens,
        try_cast(sum(reasoning_tokens) filter (where is_model_call or is_usage_holder) as bigint) as reasoning_tokens,
        sum(cost_usd) filter (where is_model_call or is_usage_holder) as model_cost_usd,
        sum(cost_usd) filter (where is_other_money) as other_step_cost_usd,
        sum(cost_usd) filter (where is_tool_call) as tool_step_cost_usd
    from costed
    group by run_id
),

-- From each request to the yes or no that follows it: of several in a run, all that time.
decisions as (
    select
        run_id,
        decision in ('granted', 'denied') and lag(decision) over asked = 'requested' as is_answer,
        date_diff('microsecond', lag(coalesce(ended_at, started_at)) over asked, coalesce(ended_at, started_at))
        * 0.001::double as waited_ms
    from touched_steps
    where kind = 'approval' and decision is not null and not is_twin
    window asked as (partition by run_id, name order by said_order)
),

waits as (
    select
        run_id,
        sum(waited_ms) as approval_wait_ms
    from decisions
    where is_answer and waited_ms >= 0
    group by run_id
)

select
    totals.* exclude (system_prompts, tool_sets),
    waits.approval_wait_ms,
    case
        when coalesce(system_prompts, tool_sets) is not null
            then left(md5(to_json([system_prompts, tool_sets, models])), 16)
    end as fingerprint
from totals
left join waits on totals.run_id = waits.run_id
order by totals.first_step_at
