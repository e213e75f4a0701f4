-- Refresh 11g: a tool call with an agent below it hands work over: what that agent does counts, not the call.
-- grain: one row per such tool call
-- A tool that asks a model itself stays a tool call.
insert into twin_links
with recursive started as (
    select
        calls.run_id,
        calls.step_id,
        calls.step_hash
    from touched_calls as calls
    semi join touched_steps as below on calls.step_hash = below.parent_hash
    where calls.kind = 'tool_call' and calls.signal <> 'events'
),

below as (
    select
        started.run_id,
        started.step_id,
        steps.step_hash,
        steps.kind
    from started
    inner join touched_steps as steps on started.step_hash = steps.parent_hash
    union
    select
        below.run_id,
        below.step_id,
        steps.step_hash,
        steps.kind
    from below
    inner join touched_steps as steps on below.step_hash = steps.parent_hash
    where below.kind <> 'agent'
)

select distinct
    run_id,
    step_id,
    null as target_id
from below
where kind = 'agent'
