-- Refresh 5b: the keys of the touched traces: those that their new steps carry, and the tool calls that were asked for at
-- the end of one trace and carried out at the beginning of another (a run resumed after a human approval).
-- grain: one row per key and trace
-- A link ('trace:<id>') names the trace that it follows, which thereby has the key too.
insert into rollup.run_keys by name
with calls as materialized (
    select
        steps.run_id as trace_id,
        steps.step_id,
        steps.kind,
        steps.call_id,
        steps.requested_call_ids,
        steps.service,
        steps.started_at
    from staging.steps as steps
    semi join touched_batches on steps.batch_id = touched_batches.batch_id
    semi join touched_traces on steps.run_id = touched_traces.trace_id
    where steps.kind in ('model_call', 'tool_call', 'approval') and coalesce(steps.signal <> 'events', true)
),

bounds as (
    select
        trace_id,
        min(started_at) filter (where kind = 'model_call') as first_model_call_at,
        max(started_at) filter (where requested_call_ids is not null) as last_request_at
    from calls
    group by trace_id
),

asked as (
    select
        calls.trace_id,
        unnest(calls.requested_call_ids) as call_id,
        calls.service,
        calls.started_at
    from calls
    inner join bounds on calls.trace_id = bounds.trace_id and calls.started_at = bounds.last_request_at
    where calls.requested_call_ids is not null
),

carried_out as (
    select
        calls.trace_id,
        calls.call_id,
        calls.service,
        calls.started_at
    from calls
    inner join bounds on calls.trace_id = bounds.trace_id
    where
        calls.kind = 'tool_call' and macros.tells_apart(calls.call_id)
        and coalesce(calls.started_at <= bounds.first_model_call_at, true)
),

said as (
    select
        run_id as trace_id,
        unnest(run_keys) as shared_key,
        started_at
    from staging.steps
    where batch_id > $after_batch_id::bigint and batch_id <= $upto_batch_id::bigint and run_keys is not null
),

keys as (
    select
        trace_id,
        shared_key,
        starts_with(shared_key, 'trace:') as is_follower,
        started_at
    from said
    where shared_key <> 'trace:' || trace_id
    union all
    select
        substr(shared_key, 7) as trace_id,
        shared_key,
        false as is_follower,
        null as started_at
    from said
    where starts_with(shared_key, 'trace:')
    union all
    select
        asked.trace_id,
        concat_ws(':', 'call', asked.service, asked.call_id) as shared_key,
        false as is_follower,
        asked.started_at
    from asked
    anti join calls as executed on asked.trace_id = executed.trace_id and asked.call_id = executed.call_id
    where macros.tells_apart(asked.call_id)
    union all
    select
        trace_id,
        concat_ws(':', 'call', service, call_id) as shared_key,
        true as is_follower,
        started_at
    from carried_out
)

select
    shared_key,
    trace_id,
    bool_or(is_follower) as is_follower,
    min(started_at) as started_at
from keys
group by shared_key, trace_id
