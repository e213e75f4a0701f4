-- What runs say that they serve, with the run that each belongs to.
-- grain: one row per claim and run that it holds for
-- trace_id: the trace (or run id) under which it came. What was said of a whole trace holds for every run in it.
-- Joined on equalities alone: with a condition of one side beside them DuckDB compares every pair of rows.
select
    claims.* replace (coalesce(splits.run_id, parts.run_id, joined.run_id, claims.run_id) as run_id),
    claims.run_id as trace_id
from staging.outcome_claims as claims
left join rollup.run_traces as joined on claims.run_id = joined.trace_id
left join rollup.run_splits as splits on claims.run_id = splits.trace_id and claims.step_id = splits.step_id
left join (
    select distinct
        trace_id,
        run_id
    from rollup.run_splits
) as parts
    on case when claims.step_id is null then claims.run_id end = parts.trace_id
