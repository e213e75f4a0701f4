-- The other reports of a call: who else told of it (a second instrumentation, a log record), and what contents came with them.
-- grain: one row per other report of the call that the step tells of; none where only one came, or the step adds up several
-- param run_id varchar default null: the run
-- param step_id varchar default null: the step: the one that counts the call, or another report of it
with steps as (
    select * from facts.steps_of($run_id::varchar)
),

asked as (
    select coalesce(counted_as, step_id) as counted_step_id
    from steps
    where step_id = $step_id::varchar
)

select
    steps.step_id,
    steps.counted_as is null as is_counted,
    steps.kind,
    coalesce(steps.name, steps.span_name) as name,
    steps.signal,
    steps.dialect,
    resources.scope_name,
    steps.started_at,
    contents.input,
    contents.output
from steps
inner join asked on asked.counted_step_id in (steps.step_id, steps.counted_as) and asked.counted_step_id <> ''
left join facts.step_contents as contents
    on steps.batch_id = contents.batch_id and steps.trace_id = contents.run_id and steps.step_id = contents.step_id
left join facts.resources as resources on steps.resource_key = resources.resource_key
where steps.step_id <> $step_id::varchar
order by is_counted desc, steps.started_at, steps.step_id
