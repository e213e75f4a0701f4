-- Refresh 4d: whether a lone call may lie beside what was touched, or lay there so far.
-- grain: one row
-- Senders of nothing but lone traces, and senders of none, end here.
with bounds as (
    select
        bool_or(is_lone) as has_lone,
        bool_or(not is_lone) as has_other,
        min(began_at) as began_at,
        max(ended_at) as ended_at
    from met_traces
),

beside as (
    select calls.trace_id
    from rollup.lone_calls as calls
    inner join bounds on calls.started_at >= bounds.began_at and calls.started_at <= bounds.ended_at
    where bounds.has_other
),

at_the_time as (
    -- A run of several traces may hold a lone one and others.
    select case when len(totals.trace_ids) = 1 then totals.run_id end as lone_id
    from rollup.step_totals as totals
    inner join bounds
        on
            totals.first_step_at <= bounds.ended_at
            and greatest(totals.last_step_at, totals.said_ended_at) >= bounds.began_at
    where bounds.has_lone
),

around as (
    select at_the_time.* from at_the_time
    anti join rollup.lone_calls as lone on at_the_time.lone_id = lone.trace_id
),

paired as (
    select pairs.* from rollup.lone_pairs as pairs
    semi join met_traces on pairs.trace_id = met_traces.trace_id
    union all
    select pairs.* from rollup.lone_pairs as pairs
    semi join met_traces on pairs.around_trace_id = met_traces.trace_id
),

near as (
    select count(*) as found from beside
    union all
    select count(*) as found from around
    union all
    select count(*) as found from paired
)

select sum(found) > 0 as is_near from near
