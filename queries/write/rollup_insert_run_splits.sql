-- Refresh 9b: a trace whose root never came, with two or more agents that hang on nothing, is as many runs: a run that broke
-- and stayed current, with the next ones below it.
-- grain: one row per step that belongs to another run than its trace's id says
-- What hangs on nothing and is no agent stays with the trace's own run; where there is no such step the first agent does.
insert into rollup.run_splits by name
with recursive rootless as (
    select trace_id
    from touched_steps
    where signal = 'traces'
    group by trace_id
    having count(*) filter (where parent_step_id is null) = 0
    and count(*) filter (where kind in ('agent', 'workflow')) >= 2
),

spans as materialized (
    select
        steps.trace_id,
        steps.step_id,
        steps.parent_step_id,
        steps.kind,
        steps.started_at
    from touched_steps as steps
    semi join rootless on steps.trace_id = rootless.trace_id
),

loose as (
    select
        spans.*,
        row_number() over (
            partition by spans.trace_id order by spans.kind in ('agent', 'workflow'), spans.started_at, spans.step_id
        ) as place,
        count(*) filter (where spans.kind in ('agent', 'workflow')) over (partition by spans.trace_id) as agents
    from spans
    anti join spans as parents
        on spans.trace_id = parents.trace_id and spans.parent_step_id = parents.step_id
),

tops as (
    select
        trace_id,
        step_id
    from loose
    where agents >= 2 and place > 1 and kind in ('agent', 'workflow')
),

below as (
    select
        trace_id,
        step_id,
        step_id as top_id
    from tops
    union
    select
        spans.trace_id,
        spans.step_id,
        below.top_id
    from below
    inner join spans on below.trace_id = spans.trace_id and below.step_id = spans.parent_step_id
)

select
    trace_id,
    step_id,
    trace_id || ':' || top_id as run_id
from below
