-- Refresh 9b: a trace may hold several runs: a run that broke and stayed current, with the next ones below its spans.
-- grain: one row per step that belongs to another run than its trace's id says
-- A run of its own begins with an agent that hangs on nothing, where the root never came and there are two or more such agents
-- (what else hangs on nothing stays with the trace's own run; where there is nothing else the first agent does); and with
-- an agent, or what surrounds it, that began after its parent had ended, in the same service (clocks differ between two).
insert into rollup.run_splits by name
with recursive rootless as (
    select trace_id
    from touched_steps
    where signal = 'traces'
    group by trace_id
    having count(*) filter (where parent_step_id is null) = 0
    and count(*) filter (where kind in ('agent', 'workflow')) >= 2
),

loose as (
    select
        spans.trace_id,
        spans.step_hash,
        spans.step_id,
        spans.kind,
        row_number() over (
            partition by spans.trace_id order by spans.kind in ('agent', 'workflow'), spans.started_at, spans.step_id
        ) as place,
        count(*) filter (where spans.kind in ('agent', 'workflow')) over (partition by spans.trace_id) as agents
    from touched_steps as spans
    semi join rootless on spans.trace_id = rootless.trace_id
    anti join touched_steps as parents on spans.parent_hash = parents.step_hash
),

late as (
    select
        spans.step_hash,
        spans.step_id
    from touched_steps as spans
    inner join touched_steps as parents
        on spans.parent_hash = parents.step_hash and spans.service is not distinct from parents.service
    where
        spans.kind in ('agent', 'workflow', 'plumbing') and spans.signal = 'traces'
        and parents.started_at < parents.ended_at
        and spans.started_at > parents.ended_at + interval 1 milliseconds
),

tops as materialized (
    select
        step_hash,
        step_id
    from loose
    where agents >= 2 and place > 1 and kind in ('agent', 'workflow')
    union
    select
        step_hash,
        step_id
    from late
),

below as (
    select
        steps.trace_id,
        steps.step_hash,
        steps.step_id,
        steps.kind,
        tops.step_id as top_id
    from touched_steps as steps
    inner join tops on steps.step_hash = tops.step_hash
    union
    select
        steps.trace_id,
        steps.step_hash,
        steps.step_id,
        steps.kind,
        below.top_id
    from below
    inner join touched_steps as steps on below.step_hash = steps.parent_hash
    anti join tops on steps.step_hash = tops.step_hash
),

with_agents as (
    select distinct
        trace_id,
        top_id
    from below
    where kind in ('agent', 'workflow')
)

select
    below.trace_id,
    below.step_id,
    below.trace_id || ':' || below.top_id as run_id
from below
semi join with_agents on below.trace_id = with_agents.trace_id and below.top_id = with_agents.top_id
