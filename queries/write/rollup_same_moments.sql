-- Refresh 11f: what two instrumentations of one program, or its spans and its logs, tell of one call side by side.
-- grain: one row per call that another one counts
-- They are one call where they come from one service through different scopes or signals, overlap in time (50 ms apart at
-- most), and agree: model calls in the tool calls asked for, in the tokens, or where one of them has no tokens in the model;
-- tool calls in their id, else in their name. Of several candidates of one sender each takes the nearest in time (beginning
-- and end: calls made at once begin alike), and only where both do.
insert into twin_links
with open_calls as (
    select calls.*
    from touched_calls as calls
    anti join twin_links as links on calls.run_id = links.run_id and calls.step_id = links.step_id
    where calls.kind <> 'approval'
),

mixed as (
    select
        run_id,
        kind
    from open_calls
    group by run_id, kind
    having min(resource_key) <> max(resource_key) or min(signal) <> max(signal)
),

candidates as materialized (
    select open_calls.*
    from open_calls
    semi join mixed on open_calls.run_id = mixed.run_id and open_calls.kind = mixed.kind
),

-- By spans of five seconds, so that a long run is not compared whole with itself.
moments as (
    select
        run_id,
        kind,
        step_id,
        unnest(range(
            epoch_ms(started_at) // 5000,
            epoch_ms(least(ended_at, started_at + interval 10 minutes) + interval 50 milliseconds) // 5000 + 1
        )) as moment
    from candidates
),

neighbours as (
    select
        kept.run_id,
        kept.step_id as kept_id,
        twin.step_id as twin_id
    from moments as kept
    inner join moments as twin
        on kept.run_id = twin.run_id and kept.kind = twin.kind and kept.moment = twin.moment
    where kept.step_id <> twin.step_id
    union
    select
        kept.run_id,
        kept.step_id as kept_id,
        twin.step_id as twin_id
    from candidates as kept
    inner join candidates as twin
        on kept.run_id = twin.run_id and kept.kind = twin.kind and kept.call_id = twin.call_id
    where kept.step_id <> twin.step_id
),

pairs as (
    select
        kept.run_id,
        kept.step_id as kept_id,
        twin.step_id as twin_id,
        kept.resource_key as kept_resource_key,
        kept.signal as kept_signal,
        twin.resource_key as twin_resource_key,
        twin.signal as twin_signal,
        abs(date_diff('microsecond', kept.started_at, twin.started_at))
        + abs(date_diff('microsecond', kept.ended_at, twin.ended_at)) as distance
    from neighbours
    inner join candidates as kept on neighbours.run_id = kept.run_id and neighbours.kept_id = kept.step_id
    inner join candidates as twin
        on
            neighbours.run_id = twin.run_id and neighbours.twin_id = twin.step_id
            and kept.service is not distinct from twin.service and kept.preference < twin.preference
    where
        (kept.resource_key is distinct from twin.resource_key or kept.signal <> twin.signal)
        and coalesce(kept.response_id = twin.response_id, true)
        and case
            when kept.kind = 'tool_call' and kept.call_id is not null and twin.call_id is not null
                then kept.call_id = twin.call_id
            else
                kept.started_at <= twin.ended_at + interval 50 milliseconds
                and twin.started_at <= kept.ended_at + interval 50 milliseconds
                and case
                    when kept.kind = 'tool_call' then kept.name = twin.name
                    when kept.requested_calls is not null and twin.requested_calls is not null
                        then kept.requested_calls = twin.requested_calls
                    when kept.input_tokens is not null and twin.input_tokens is not null
                        then
                            kept.input_tokens = twin.input_tokens
                            and kept.output_tokens is not distinct from twin.output_tokens
                    else coalesce(starts_with(kept.model, twin.model) or starts_with(twin.model, kept.model), true)
                end
        end
),

sides as (
    select
        run_id,
        kept_id as step_id,
        twin_resource_key as other_resource_key,
        twin_signal as other_signal,
        distance
    from pairs
    union all
    select
        run_id,
        twin_id as step_id,
        kept_resource_key as other_resource_key,
        kept_signal as other_signal,
        distance
    from pairs
),

nearest as (
    select
        run_id,
        step_id,
        other_resource_key,
        other_signal,
        min(distance) as distance
    from sides
    group by run_id, step_id, other_resource_key, other_signal
)

select
    pairs.run_id,
    pairs.twin_id as step_id,
    min(pairs.kept_id) as target_id
from pairs
inner join nearest as of_kept
    on pairs.run_id = of_kept.run_id and pairs.kept_id = of_kept.step_id and pairs.distance = of_kept.distance
    and pairs.twin_resource_key is not distinct from of_kept.other_resource_key
    and pairs.twin_signal = of_kept.other_signal
inner join nearest as of_twin
    on pairs.run_id = of_twin.run_id and pairs.twin_id = of_twin.step_id and pairs.distance = of_twin.distance
    and pairs.kept_resource_key is not distinct from of_twin.other_resource_key
    and pairs.kept_signal = of_twin.other_signal
group by pairs.run_id, pairs.twin_id
