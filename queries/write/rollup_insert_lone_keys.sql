-- Refresh 5d: a lone trace tells of the calls of another one, and is part of its run, where each of its calls that says
-- anything has a twin there, and none agrees with a call of a third trace.
-- grain: two rows per such lone trace
-- Of several calls of one sender that agree each is the twin of the nearest, where that is so for both.
insert into rollup.run_keys by name
with met as materialized (
    select distinct pairs.around_trace_id
    from rollup.lone_pairs as pairs
    semi join touched_traces on pairs.trace_id = touched_traces.trace_id
),

pairs as materialized (
    select
        pairs.*,
        min(pairs.distance_us) over (
            partition by pairs.trace_id, pairs.step_id, pairs.around_trace_id, pairs.around_resource_key
        ) as nearest_around_us,
        min(pairs.distance_us) over (
            partition by pairs.around_trace_id, pairs.around_step_id, pairs.resource_key
        ) as nearest_lone_us
    from rollup.lone_pairs as pairs
    semi join met on pairs.around_trace_id = met.around_trace_id
),

candidates as (
    select
        pairs.trace_id,
        min(pairs.around_trace_id) as around_trace_id,
        count(distinct pairs.step_id) filter (
            where pairs.distance_us = pairs.nearest_around_us and pairs.distance_us = pairs.nearest_lone_us
        ) as twins
    from pairs
    semi join touched_traces on pairs.trace_id = touched_traces.trace_id
    group by pairs.trace_id
    having min(pairs.around_trace_id) = max(pairs.around_trace_id)
),

told as (
    select
        calls.trace_id,
        any_value(candidates.around_trace_id) as around_trace_id,
        min(calls.started_at) as started_at
    from rollup.lone_calls as calls
    inner join candidates on calls.trace_id = candidates.trace_id
    where calls.is_error or coalesce(calls.response_id, calls.requested_calls, calls.input_tokens::varchar) is not null
    group by calls.trace_id
    having count(*) = any_value(candidates.twins)
)

select
    'lone:' || trace_id as shared_key,
    trace_id,
    true as is_follower,
    started_at
from told
union all
select
    'lone:' || trace_id as shared_key,
    around_trace_id as trace_id,
    false as is_follower,
    null as started_at
from told
