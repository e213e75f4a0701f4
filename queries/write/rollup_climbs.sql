-- Refresh 11b: which calls stand around which, directly or through plumbing and other spans.
-- grain: one row per call and call or passed span above it
-- A table of its own: it is mostly empty, and the planner of the next statement should know.
create or replace temp table climbs as
with recursive spans as (
    select
        step_hash,
        parent_hash,
        kind,
        kind in ('plumbing', 'other') as is_passed
    from touched_steps
    where kind in ('model_call', 'tool_call', 'approval', 'plumbing', 'other')
),

parents as (
    select distinct parent_hash from spans
),

above as materialized (
    select spans.* from spans
    semi join parents on spans.step_hash = parents.parent_hash
),

climbs as (
    select
        spans.step_hash,
        above.step_hash as at_hash,
        case when above.is_passed then above.parent_hash end as next_hash
    from spans
    inner join above on spans.parent_hash = above.step_hash
    where not spans.is_passed
    union
    select
        climbs.step_hash,
        above.step_hash as at_hash,
        case when above.is_passed then above.parent_hash end as next_hash
    from climbs
    inner join above on climbs.next_hash = above.step_hash
)

select * from climbs
