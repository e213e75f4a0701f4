-- Refresh 11l: put it in again.
-- grain: one row per counted call that was told of more than once
-- Joined by one number, not by (run_id, step_id): two tables with a run_id of a third tempt the planner to join every step of
-- a run with every other, which took a minute at 4,000 calls that were told twice.
insert into rollup.fills by name
with links as (
    select
        hash(twins.run_id, twins.counted_step_id) as counted_hash,
        hash(twins.trace_id, twins.step_id) as twin_hash
    from rollup.twins as twins
    semi join touched_traces on twins.trace_id = touched_traces.trace_id
    where twins.counted_step_id is not null
),

told as (
    select
        counted.trace_id,
        counted.run_id,
        counted.step_id,
        twin.model,
        twin.provider,
        twin.service_tier,
        twin.status,
        twin.input_tokens,
        twin.output_tokens,
        twin.cache_read_tokens,
        twin.cache_write_tokens,
        twin.cache_write_1h_tokens,
        twin.reasoning_tokens,
        twin.audio_input_tokens,
        twin.audio_output_tokens,
        twin.reported_cost_usd,
        create_sort_key(
            twin.service_tier is null, 'asc nulls last',
            twin.started_at, 'asc nulls last',
            twin.step_id, 'asc nulls last'
        ) as preference
    from links
    inner join touched_steps as counted on links.counted_hash = hash(counted.run_id, counted.step_id)
    inner join touched_steps as twin on links.twin_hash = twin.step_hash
    -- An earlier attempt that failed says nothing of the one that counts.
    where not coalesce(twin.status = 'error' and twin.ended_at <= counted.started_at, false)
    union all by name
    -- A tool call that somebody refused was not carried out.
    select
        refused.trace_id,
        refused.run_id,
        refused.step_id,
        'error' as status,
        create_sort_key(approvals.step_id, 'asc nulls last') as preference
    from touched_steps as approvals
    inner join touched_steps as refused
        on approvals.parent_hash = refused.step_hash
    where approvals.kind = 'approval' and approvals.decision = 'denied' and refused.kind = 'tool_call'
    union all by name
    -- A call that does not say its model has that of the span that adds it up.
    select
        counted.trace_id,
        counted.run_id,
        counted.step_id,
        wrapper.model,
        wrapper.provider,
        wrapper.service_tier,
        create_sort_key(wrapper.step_id, 'asc nulls last') as preference
    from nested_calls as nested
    inner join touched_steps as counted on nested.inner_hash = counted.step_hash and counted.model is null
    inner join touched_steps as wrapper on nested.outer_hash = wrapper.step_hash
    semi join (
        select hash(twins.trace_id, twins.step_id) as step_hash
        from rollup.twins as twins
        semi join touched_traces on twins.trace_id = touched_traces.trace_id
        where twins.counted_step_id is null
    ) as adding_up on nested.outer_hash = adding_up.step_hash
)

select
    trace_id,
    run_id,
    step_id,
    min(model) as model,
    min(provider) as provider,
    min(service_tier) as service_tier,
    coalesce(bool_or(status = 'error'), false) as is_error,
    max(input_tokens) as input_tokens,
    max(output_tokens) as output_tokens,
    max(cache_read_tokens) as cache_read_tokens,
    max(cache_write_tokens) as cache_write_tokens,
    max(cache_write_1h_tokens) as cache_write_1h_tokens,
    max(reasoning_tokens) as reasoning_tokens,
    max(audio_input_tokens) as audio_input_tokens,
    max(audio_output_tokens) as audio_output_tokens,
    max(reported_cost_usd) as reported_cost_usd,
    arg_min(provider, preference) filter (where model is not null) as price_provider,
    arg_min(model, preference) filter (where model is not null) as price_model,
    arg_min(service_tier, preference) filter (where model is not null) as price_tier
from told
group by trace_id, run_id, step_id
