-- Every step, with the run that it belongs to and whether it counts.
-- grain: one row per step
-- run_id: the run; trace_id: the OTLP trace (or the run id of a JSONL event) under which it came. Most runs are one trace.
-- counted_as: the step that counts this call in its place, '' where it adds up several; null: it counts itself.
-- is_step is false for plumbing and for what another step counts. What model calls cost is in facts.model_calls.
select
    steps.* replace (coalesce(splits.run_id, joined.run_id, steps.run_id) as run_id),
    steps.run_id as trace_id,
    case when twins.step_id is not null then coalesce(twins.counted_step_id, '') end as counted_as,
    steps.kind <> 'plumbing' and twins.step_id is null as is_step
from staging.steps as steps
left join rollup.run_traces as joined on steps.run_id = joined.trace_id
left join rollup.run_splits as splits on steps.run_id = splits.trace_id and steps.step_id = splits.step_id
left join rollup.twins as twins on steps.run_id = twins.trace_id and steps.step_id = twins.step_id
