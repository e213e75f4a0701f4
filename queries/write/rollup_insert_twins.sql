-- Refresh 11j: put them in again, each with the call that counts it in the end.
-- grain: one row per step that is not counted
insert into rollup.twins by name
with recursive followed as (
    select
        run_id,
        step_id,
        target_id
    from twin_links
    union
    select
        followed.run_id,
        followed.step_id,
        links.target_id
    from followed
    inner join twin_links as links on followed.run_id = links.run_id and followed.target_id = links.step_id
    where links.target_id is distinct from followed.step_id
),

ends as (
    select followed.*
    from followed
    anti join twin_links as links on followed.run_id = links.run_id and followed.target_id = links.step_id
)

select
    calls.trace_id,
    ends.run_id,
    ends.step_id,
    min(ends.target_id) as counted_step_id
from ends
inner join touched_calls as calls on ends.run_id = calls.run_id and ends.step_id = calls.step_id
group by calls.trace_id, ends.run_id, ends.step_id
