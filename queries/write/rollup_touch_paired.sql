-- Refresh 4e and 4i: a trace that agrees with a touched one, and what agrees with that, is touched: its ties may change.
-- grain: one row per trace
insert into touched_traces
with sides as materialized (
    select
        trace_id,
        around_trace_id as other_id
    from rollup.lone_pairs
    union
    select
        around_trace_id as trace_id,
        trace_id as other_id
    from rollup.lone_pairs
),

next_to as (
    select distinct sides.other_id as trace_id
    from sides
    semi join met_traces on sides.trace_id = met_traces.trace_id
),

reached_from_there as (
    select trace_id from next_to
    union
    select sides.other_id as trace_id
    from sides
    semi join next_to on sides.trace_id = next_to.trace_id
)

select reached_from_there.trace_id from reached_from_there
anti join touched_traces on reached_from_there.trace_id = touched_traces.trace_id
