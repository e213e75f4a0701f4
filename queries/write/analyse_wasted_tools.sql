-- Analyse 7: tool calls made in vain: loops, repeats, failed attempts. Method of loops: the same call three times in a row, or
-- a cycle of up to four calls three times.
-- grain: one row per tool call and kind
-- is_asking_wasted: another model call asked for it than for the call that it repeats.
create or replace temp table wasted_tools as
with suspects as (
    select tools.*
    from analysed_tools as tools
    semi join (
        select run_id
        from analysed_tools
        group by run_id, call_hash
        having count(*) >= 3 and call_hash is not null
    ) as often on tools.run_id = often.run_id
),

-- A call like the one `length` calls before it, unless both brought results and these differ.
matched as (
    select
        suspects.*,
        cycles.length,
        coalesce(
            suspects.call_hash = earlier.call_hash
            and coalesce(suspects.result_hash = earlier.result_hash, true), false
        ) as is_same,
        coalesce(suspects.asked_by <> earlier.asked_by, false) as is_asked_again
    from suspects
    cross join (values (1), (2), (3), (4)) as cycles (length)
    left join suspects as earlier
        on suspects.run_id = earlier.run_id and suspects.said_agent is not distinct from earlier.said_agent
        and suspects.place = earlier.place + cycles.length
),

streaks as (
    select
        *,
        count(*) filter (where not is_same) over (
            partition by run_id, said_agent, length order by place
        ) as streak
    from matched
),

looped as (
    select
        run_id,
        step_key,
        bool_or(is_asked_again) as is_asking_wasted
    from (
        select
            *,
            count(*) filter (where is_same) over (partition by run_id, said_agent, length, streak) as matches
        from streaks
    )
    where is_same and matches >= 2 * length
    group by run_id, step_key
),

followed as (
    select
        *,
        lag(status) over alike as last_status,
        lag(result_hash) over alike as last_result_hash,
        lag(writes_upto) over alike as last_writes_upto,
        lag(asked_by) over alike as last_asked_by,
        lead(asked_by) over by_name as next_asked_by,
        lead(step_key) over by_name as next_step_key
    from analysed_tools
    window
        alike as (partition by run_id, call_hash order by started_at, said_order, step_key),
        by_name as (partition by run_id, said_agent, name order by started_at, said_order, step_key)
)

select
    run_id,
    step_key,
    'loop' as kind,
    1 as precedence,
    is_asking_wasted
from looped
union all
select
    run_id,
    step_key,
    'repeat' as kind,
    2 as precedence,
    coalesce(asked_by <> last_asked_by, false) as is_asking_wasted
from followed
where
    call_hash is not null and last_status <> 'error' and last_writes_upto = writes_before
    and coalesce(result_hash = last_result_hash, true)
union all
select
    run_id,
    step_key,
    'retry' as kind,
    3 as precedence,
    coalesce(next_asked_by <> asked_by, false) as is_asking_wasted
from followed
where status = 'error' and next_step_key is not null
