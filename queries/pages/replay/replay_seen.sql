-- What had been said and done before a position of Replay, the newest last, in excerpts.
-- grain: one row per step before the position, the newest 30; earlier_rows says how many stand before them
-- param run_id varchar default null: the run
-- param at bigint default 1: the position
-- Excerpts have 300 characters: the first, but the last of what a model was given, where the newest messages stand.
-- Of a step below which later ones hang only what went in: what it gave came back later (came_back false).
with steps as (
    select
        *,
        last_position < $at::bigint as came_back
    from facts.replay_steps($run_id::varchar)
    where position < $at::bigint
),

newest as materialized (
    select
        *,
        count(*) over () - 30 as earlier_rows
    from steps
    qualify row_number() over (order by position desc) <= 30
)

select
    newest.position,
    newest.step_id,
    newest.kind,
    coalesce(newest.name, newest.span_name) as name,
    newest.came_back,
    case newest.kind when 'model_call' then right(contents.input, 300) else left(contents.input, 300) end as input,
    length(contents.input) as input_characters,
    case when newest.came_back then left(contents.output, 300) end as output,
    case when newest.came_back then length(contents.output) end as output_characters,
    case when newest.came_back then newest.status end as status,
    case when newest.came_back then coalesce(newest.error_message, newest.error_type) end as error,
    case when newest.came_back then newest.details ->> '$.result' end as result,
    case when newest.came_back then newest.details ->> '$.decision' end as decision,
    greatest(newest.earlier_rows, 0) as earlier_rows
from newest
left join facts.contents_of($run_id::varchar) as contents
    on newest.batch_id = contents.batch_id
    and newest.trace_id = contents.run_id
    and newest.step_id = contents.step_id
order by newest.position
