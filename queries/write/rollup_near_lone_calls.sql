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
)

select (
    coalesce(bounds.has_other, false) and exists (
        select 1 as found from rollup.lone_calls as calls
        where calls.started_at >= bounds.began_at and calls.started_at <= bounds.ended_at
    )
) or (
    coalesce(bounds.has_lone, false) and exists (
        select 1 as found
        from rollup.step_totals as totals
        anti join rollup.lone_calls as lone
            on totals.run_id = lone.trace_id and len(totals.trace_ids) = 1
        where
            totals.first_step_at <= bounds.ended_at
            and greatest(totals.last_step_at, totals.said_ended_at) >= bounds.began_at
    )
) or exists (
    select 1 as found from rollup.lone_pairs as pairs
    semi join met_traces on pairs.trace_id = met_traces.trace_id
) or exists (
    select 1 as found from rollup.lone_pairs as pairs
    semi join met_traces on pairs.around_trace_id = met_traces.trace_id
) as is_near
from bounds
