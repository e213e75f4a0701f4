-- Where Replay stands in a run, and where it can go: next error, next call of the same tool, parent.
-- grain: one row; none where no such run is known
-- param run_id varchar default null: the run
-- param at bigint default 1: the position; beyond an end it is that end
-- Positions only, and no words of later steps. An error shows where it came back (facts.replay_steps).
with steps as materialized (
    select * from facts.replay_steps($run_id::varchar)
),

here as (
    select *
    from steps
    where position = greatest(least($at::bigint, (select max(whole.position) from steps as whole)), 1)
)

select
    any_value(here.position) as position,
    max(steps.position) as total_steps,
    any_value(here.step_id) as step_id,
    any_value(here.kind) as kind,
    any_value(here.parent_position) as parent_position,
    min(steps.last_position) filter (where steps.status = 'error' and steps.last_position > here.position)
        as next_error_position,
    min(steps.position) filter (
        where steps.kind = here.kind and steps.name = here.name and steps.position > here.position
    ) as next_same_position
from steps
cross join here
having count(*) > 0
