-- Refresh 11l, first: whether anything was told twice, or refused; else there is nothing to fill in.
-- grain: one row
select exists (
    select 1 as found
    from rollup.twins as twins
    semi join touched_traces on twins.trace_id = touched_traces.trace_id
) or exists (
    select 1 as found
    from touched_steps
    where kind = 'approval' and decision = 'denied'
) as tells_twice
