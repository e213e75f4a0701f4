-- The step at a position of Replay: what went in, what was done, what came back; and the containers that end with it.
-- grain: one row for the step, then one per step above it whose last step it is
-- param run_id varchar default null: the run
-- param at bigint default 1: the position
-- Where later steps hang below the step (is_later), what it gave, how it ended and what it cost is not told yet. Contents are
-- cut at 20,000 characters; *_characters says how long they are. Where its own sender logged none, those of another report of
-- the call stand in.
with steps as materialized (
    select * from facts.replay_steps($run_id::varchar)
),

shown as (
    select
        *,
        last_position > $at::bigint as is_later
    from steps
    where position = $at::bigint or (last_position = $at::bigint and position < $at::bigint)
),

spoken as (
    select
        shown.step_id,
        arg_max(contents.input, (reports.counted_as is null)::integer) as input,
        arg_max(contents.output, (reports.counted_as is null)::integer) as output
    from facts.steps_of($run_id::varchar) as reports
    inner join shown on shown.step_id = coalesce(reports.counted_as, reports.step_id)
    inner join facts.contents_of($run_id::varchar) as contents
        on reports.batch_id = contents.batch_id
        and reports.trace_id = contents.run_id
        and reports.step_id = contents.step_id
    group by shown.step_id
)

select
    shown.position,
    shown.position < $at::bigint as is_above,
    shown.is_later,
    shown.last_position,
    shown.step_id,
    shown.kind,
    coalesce(shown.name, shown.span_name) as name,
    shown.agent,
    shown.provider,
    shown.model,
    shown.effect,
    shown.attempt,
    shown.time_basis,
    shown.started_at,
    left(spoken.input, 20000) as input,
    length(spoken.input) as input_characters,
    case when not shown.is_later then left(spoken.output, 20000) end as output,
    case when not shown.is_later then length(spoken.output) end as output_characters,
    case when not shown.is_later then shown.status end as status,
    case when not shown.is_later then shown.error_type end as error_type,
    case when not shown.is_later then shown.error_message end as error_message,
    case when not shown.is_later then shown.details end as details,
    case when not shown.is_later then shown.duration_ms end as duration_ms,
    case when not shown.is_later then shown.input_tokens end as input_tokens,
    case when not shown.is_later then shown.output_tokens end as output_tokens,
    case when not shown.is_later then shown.cost_usd end as cost_usd,
    case when not shown.is_later then shown.cost_status end as cost_status
from shown
left join spoken on shown.step_id = spoken.step_id
order by is_above, shown.position desc
