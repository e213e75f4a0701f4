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
        step_hash,
        unnest(range(
            epoch_ms(started_at) // 5000,
            epoch_ms(least(ended_at, started_at + interval 10 minutes) + interval 50 milliseconds) // 5000 + 1
        )) as moment
    from candidates
),

neighbours as (
    select
        kept.step_hash as kept_hash,
        twin.step_hash as twin_hash
    from moments as kept
    inner join moments as twin
        on kept.run_id = twin.run_id and kept.kind = twin.kind and kept.moment = twin.moment
    where kept.step_hash <> twin.step_hash
    union
    select
        kept.step_hash as kept_hash,
        twin.step_hash as twin_hash
    from candidates as kept
    inner join candidates as twin
        on kept.run_id = twin.run_id and kept.kind = twin.kind and kept.call_id = twin.call_id
    where kept.step_hash <> twin.step_hash
),

pairs as materialized (
    select
        kept.run_id,
        kept.step_id as kept_id,
        twin.step_id as twin_id,
        -- A call and a sender of others, as one number: see insert_fills.
        hash(kept.step_hash, twin.resource_key, twin.signal) as kept_side,
        hash(twin.step_hash, kept.resource_key, kept.signal) as twin_side,
        abs(date_diff('microsecond', kept.started_at, twin.started_at))
        + abs(date_diff('microsecond', kept.ended_at, twin.ended_at)) as distance
    from neighbours
    inner join candidates as kept on neighbours.kept_hash = kept.step_hash
    inner join candidates as twin on neighbours.twin_hash = twin.step_hash
    where
        kept.preference < twin.preference
        and coalesce(kept.service = twin.service, kept.service is null and twin.service is null)
        and (kept.resource_key is distinct from twin.resource_key or kept.signal <> twin.signal)
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

nearest as (
    select
        side,
        min(distance) as distance
    from (
        select
            kept_side as side,
            distance
        from pairs
        union all
        select
            twin_side as side,
            distance
        from pairs
    ) as sides
    group by side
)

select
    pairs.run_id,
    pairs.twin_id as step_id,
    min(pairs.kept_id) as target_id
from pairs
semi join nearest as of_kept on pairs.kept_side = of_kept.side and pairs.distance = of_kept.distance
semi join nearest as of_twin on pairs.twin_side = of_twin.side and pairs.distance = of_twin.distance
group by pairs.run_id, pairs.twin_id
