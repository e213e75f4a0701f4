-- facts.replay_steps: the counted steps of one run in the order in which they began, for going through them one by one.
-- grain: one row per step that has a position
-- last_position: the last step below this one; where it is a later one, what this one gave came back only then, and showing it
-- earlier would tell the future. parent_position: the nearest counted step above.
create or replace macro facts.replay_steps(wanted_run_id) as table
with recursive steps as materialized (
    select * from facts.steps_in_order(wanted_run_id)
),

above as (
    select
        position,
        parent_step_id as above_id,
        1 as level
    from steps
    where position is not null and parent_step_id is not null
    union all
    select
        above.position,
        steps.parent_step_id as above_id,
        above.level + 1 as level
    from above
    inner join steps on above.above_id = steps.step_id
    where steps.parent_step_id is not null and above.level < 200
),

below as (
    select
        above_id as step_id,
        max(position) as last_position
    from above
    group by above_id
),

parents as (
    select
        above.position,
        arg_min(steps.position, above.level) as parent_position
    from above
    inner join steps on above.above_id = steps.step_id
    where steps.position is not null
    group by above.position
)

select
    steps.*,
    greatest(steps.position, coalesce(below.last_position, 0)) as last_position,
    parents.parent_position
from steps
left join below on steps.step_id = below.step_id
left join parents on steps.position = parents.position
where steps.position is not null
