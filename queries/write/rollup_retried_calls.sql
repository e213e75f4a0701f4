-- Refresh 11h: a model call that failed without using any tokens and was made again at once is one call, tried several times.
-- grain: one row per failed attempt
-- Made again: the next call of the run comes from the same sender, for the same model and agent, after the failure and within
-- five minutes of it.
insert into twin_links
with open_calls as (
    select calls.*
    from touched_calls as calls
    anti join twin_links as links on calls.run_id = links.run_id and calls.step_id = links.step_id
    where calls.signal <> 'events' and calls.kind <> 'approval'
),

failed_runs as (
    select distinct run_id
    from open_calls
    where kind = 'model_call' and status = 'error'
),

followed as (
    select
        calls.*,
        lead(calls.kind) over following as next_kind,
        lead(calls.model) over following as next_model,
        lead(calls.agent) over following as next_agent,
        lead(calls.resource_key) over following as next_resource_key,
        lead(calls.signal) over following as next_signal,
        lead(calls.started_at) over following as next_started_at,
        lead(calls.step_id) over following as next_id
    from open_calls as calls
    semi join failed_runs on calls.run_id = failed_runs.run_id
    window following as (partition by calls.run_id order by calls.started_at, calls.step_id)
),

judged as (
    select
        run_id,
        step_id,
        row_number() over (partition by run_id order by started_at, step_id) as place,
        coalesce(
            kind = 'model_call' and status = 'error'
            and coalesce(input_tokens, 0)::hugeint + coalesce(output_tokens, 0) = 0
            and next_kind = 'model_call'
            and next_resource_key is not distinct from resource_key
            and next_signal = signal
            and coalesce(starts_with(next_model, model) or starts_with(model, next_model), true)
            and coalesce(next_agent = agent, true)
            and next_started_at >= ended_at and next_started_at <= ended_at + interval 5 minutes,
            false
        ) as is_made_again
    from followed
),

chained as (
    select
        *,
        arg_min(step_id, place) filter (where not is_made_again) over (
            partition by run_id order by place rows between 1 following and unbounded following
        ) as last_attempt_id
    from judged
)

select
    run_id,
    step_id,
    last_attempt_id as target_id
from chained
where is_made_again
