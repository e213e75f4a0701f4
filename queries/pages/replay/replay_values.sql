-- The values that tools and searches had given up to a position of Replay, and which of them this step was given.
-- grain: one row per value, the first that gave it; those that this step was given first, then the newest; 100 at most
-- param run_id varchar default null: the run
-- param at bigint default 1: the position
-- Of the newest 100 answers before or at the position, where they are JSON of at most 50,000 characters. total_rows counts
-- all of these values. here_path: where the value stands in what went into the step at the position.
with steps as materialized (
    select *
    from facts.replay_steps($run_id::varchar)
    where position <= $at::bigint and kind in ('tool_call', 'retrieval', 'approval')
    qualify row_number() over (order by position desc) <= 100
),

contents as materialized (
    select
        steps.position,
        coalesce(steps.name, steps.span_name) as name,
        case
            when contents.input is not null and length(contents.input) <= 50000 and json_valid(contents.input)
                then contents.input
        end as input,
        case
            when steps.last_position <= $at::bigint and length(contents.output) <= 50000
                and json_valid(contents.output)
                then contents.output
        end as output
    from steps
    inner join facts.contents_of($run_id::varchar) as contents
        on steps.batch_id = contents.batch_id
        and steps.trace_id = contents.run_id
        and steps.step_id = contents.step_id
),

here as (
    select
        tree.atom ->> '$' as value,
        min(tree.fullkey) as path
    from contents, json_tree(contents.input) as tree
    where contents.position = $at::bigint and tree.type not in ('NULL', 'OBJECT', 'ARRAY', 'BOOLEAN')
    group by all
),

given as (
    select
        tree.atom ->> '$' as value,
        min(contents.position) as told_by,
        arg_min(contents.name, contents.position) as told_by_name,
        arg_min(tree.fullkey, contents.position) as path
    from contents, json_tree(contents.output) as tree
    where tree.type not in ('NULL', 'OBJECT', 'ARRAY', 'BOOLEAN')
    group by all
)

select
    left(given.value, 200) as value,
    given.told_by,
    given.told_by_name,
    given.path,
    here.path as here_path,
    count(*) over () as total_rows
from given
left join here on given.value = here.value and given.told_by < $at::bigint
where given.value <> ''
order by here.path is null, given.told_by desc, given.path
limit 100
