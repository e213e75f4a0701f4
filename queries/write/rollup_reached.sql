-- Refresh 6: the traces that share a key with a touched one, directly or through others, and the trace that began their run.
-- grain: one row per trace
-- It began with the trace that follows no other, of these the earliest. A key that over 256 traces share tells nothing
-- (a sender that says one word everywhere), so it ties none. A tool call ties who asked for it and who carried it out.
create or replace temp table reached as
with recursive telling as (
    select
        shared_key,
        trace_id
    from rollup.run_keys
    group by shared_key, trace_id
    qualify
        count(*) over (partition by shared_key) between 2 and 256
        and (
            not starts_with(shared_key, 'call:')
            or (
                bool_or(bool_or(is_follower)) over (partition by shared_key)
                and bool_or(bool_or(not is_follower)) over (partition by shared_key)
            )
        )
),

pairs as (
    select
        touched_traces.trace_id as start_id,
        touched_traces.trace_id
    from touched_traces
    semi join telling on touched_traces.trace_id = telling.trace_id
    union
    select
        pairs.start_id,
        others.trace_id
    from pairs
    inner join telling as mine on pairs.trace_id = mine.trace_id
    inner join telling as others on mine.shared_key = others.shared_key
),

places as (
    select
        trace_id,
        bool_or(is_follower) as is_follower,
        min(started_at) as started_at
    from rollup.run_keys
    semi join pairs on run_keys.trace_id = pairs.trace_id
    group by trace_id
)

select
    pairs.trace_id,
    any_value(first_of.run_id) as run_id
from pairs
inner join (
    select
        pairs.start_id,
        arg_min(pairs.trace_id, create_sort_key(
            places.is_follower, 'asc nulls last', places.started_at, 'asc nulls first', pairs.trace_id, 'asc nulls last'
        )) as run_id
    from pairs
    inner join places on pairs.trace_id = places.trace_id
    group by pairs.start_id
) as first_of on pairs.start_id = first_of.start_id
group by pairs.trace_id
