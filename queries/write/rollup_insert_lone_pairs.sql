-- Refresh 4h: which lone calls agree with which other call of their service, where one of the two is of a touched trace.
-- grain: one row per pair of calls
-- They agree in the response id, in the tool calls asked for, in the tokens, or in that both failed without any; and the lone
-- call lies within the other one (50 ms beyond at most). What both say must not differ.
insert into rollup.lone_pairs by name
with around as materialized (
    select
        *,
        -- By spans of five seconds: what agrees in its tokens alone is looked for where it began.
        unnest(range(
            epoch_ms(started_at - interval 50 milliseconds) // 5000,
            epoch_ms(least(ended_at, started_at + interval 10 minutes) + interval 50 milliseconds) // 5000 + 1
        )) as moment
    from around_calls
),

pairs as (
    select
        lone.trace_id,
        lone.step_id,
        lone.resource_key,
        around.trace_id as around_trace_id,
        around.step_id as around_step_id,
        around.resource_key as around_resource_key,
        abs(date_diff('microsecond', lone.started_at, around.started_at))
        + abs(date_diff('microsecond', lone.ended_at, around.ended_at)) as distance_us
    from rollup.lone_calls as lone
    inner join around
        on
        lone.service = around.service and epoch_ms(lone.started_at) // 5000 = around.moment
        and lone.resource_key is distinct from around.resource_key
        and lone.started_at >= around.started_at - interval 50 milliseconds
        and lone.ended_at <= around.ended_at + interval 50 milliseconds
    where
        coalesce(lone.response_id = around.response_id, true)
        and coalesce(lone.requested_calls = around.requested_calls, true)
        and (
            coalesce(lone.response_id = around.response_id, false)
            or coalesce(lone.requested_calls = around.requested_calls, false)
            or (
                lone.input_tokens = around.input_tokens and lone.output_tokens is not distinct from around.output_tokens
                and coalesce(starts_with(lone.model, around.model) or starts_with(around.model, lone.model), true)
            )
            or (
                lone.is_error and around.is_error and lone.input_tokens is null and around.input_tokens is null
                and coalesce(starts_with(lone.model, around.model) or starts_with(around.model, lone.model), true)
            )
        )
)

select pairs.*
from pairs
left join met_traces as met_lone on pairs.trace_id = met_lone.trace_id
left join met_traces as met_around on pairs.around_trace_id = met_around.trace_id
where met_lone.trace_id is not null or met_around.trace_id is not null
