-- Every figure is reproducible: the runs that are shown count the steps that are stored.
-- grain: one row per run whose steps or calls are not as many as it says
with stored as (
    select
        run_id,
        count(*) filter (where is_step) as steps,
        count(*) filter (where is_step and kind = 'model_call') as model_calls,
        count(*) filter (where is_step and kind = 'tool_call') as tool_calls
    from facts.steps
    group by run_id
)

select
    coalesce(runs.run_id, stored.run_id) as run_id,
    runs.steps,
    stored.steps as stored_steps
from facts.runs as runs
full outer join stored on runs.run_id = stored.run_id
where
    coalesce(runs.steps, 0) <> coalesce(stored.steps, 0)
    or coalesce(runs.model_calls, 0) <> coalesce(stored.model_calls, 0)
    or coalesce(runs.tool_calls, 0) <> coalesce(stored.tool_calls, 0)
