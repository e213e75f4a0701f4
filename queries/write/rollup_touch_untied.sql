-- Refresh 5c: a key that over 256 traces share ties none of them any more: those that it tied are touched.
-- grain: one row per trace
insert into touched_traces
with worn_out as (
    select keys.shared_key
    from rollup.run_keys as keys
    semi join (
        select mine.shared_key from rollup.run_keys as mine
        semi join touched_traces on mine.trace_id = touched_traces.trace_id
    ) as told on keys.shared_key = told.shared_key
    group by keys.shared_key
    having count(distinct keys.trace_id) > 256
),

tied as (
    select distinct keys.trace_id
    from rollup.run_keys as keys
    semi join worn_out on keys.shared_key = worn_out.shared_key
    semi join (
        select trace_id from rollup.run_traces
        union all
        select run_id as trace_id from rollup.run_traces
    ) as joined on keys.trace_id = joined.trace_id
)

select tied.trace_id from tied
anti join touched_traces on tied.trace_id = touched_traces.trace_id
