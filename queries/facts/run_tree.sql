-- facts.run_tree: the steps of one run in tree order, as a waterfall shows them.
-- grain: one row per step shown, and one '(missing)' row per parent that never came (its children hang under it)
-- Siblings stand in the order of time, then of the sender's numbers. Without plumbing (`with_plumbing` false) the steps
-- under it move up to the nearest step shown; so do those under a step that another one counts (counted_as, whose name is
-- counted_as_name; told_again_rows says how many there are). Steps that no root leads to (a circle, or deeper than 200) come last, marked
-- is_missing_parent. offset_ms is from the first time that a sender said; null where only ingest time is known.
create or replace macro facts.run_tree(wanted_run_id, with_plumbing) as table
with recursive steps as materialized (
    select
        step_id,
parent_step_id,
step_number,
kind,
name,
span_name,
agent,
status,
error_type,
error_message,
        started_at,
duration_ms,
time_basis,
cost_usd,
cost_status,
input_tokens,
output_tokens,
model,
effect,
        signal,
        counted_as,
        position,
        cost_so_far_usd,
        details ->> '$.result' as result,
        details ->> '$.decision' as decision
    from facts.steps_in_order(wanted_run_id)
),

nodes as materialized (
    select
        *,
        false as is_missing,
        (kind <> 'plumbing' and counted_as is null) or with_plumbing::boolean as is_shown,
        row_number() over (
            partition by parent_step_id order by started_at asc, step_number asc nulls last, step_id asc
        ) as place
    from (
        select * from steps
        union all by name
        select
            absent.parent_step_id as step_id,
            'missing' as kind,
            '(missing)' as name,
            'unset' as status,
            min(absent.started_at) as started_at,
            min(absent.time_basis) as time_basis
        from steps as absent
        anti join steps as present on absent.parent_step_id = present.step_id
        where absent.parent_step_id is not null
        group by absent.parent_step_id
    )
),

tree as (
    select
        step_id,
        [place] as path,
        0 as depth,
        1 as level,
        is_shown,
        null::varchar as shown_parent_id
    from nodes
    where parent_step_id is null
    union all
    select
        nodes.step_id,
        list_append(tree.path, nodes.place) as path,
        tree.depth + tree.is_shown::integer as depth,
        tree.level + 1 as level,
        nodes.is_shown,
        case when tree.is_shown then tree.step_id else tree.shown_parent_id end as shown_parent_id
    from tree
    inner join nodes on tree.step_id = nodes.parent_step_id
    where tree.level < 200
),

placed as (
    select
        nodes.*,
        coalesce(tree.depth, 0) as depth,
        tree.shown_parent_id,
        nodes.kind = 'missing' or tree.step_id is null as is_missing_parent,
        row_number() over (
            order by tree.step_id is null, tree.path, nodes.started_at, nodes.step_id
        ) as row_number
    from nodes
    left join tree on nodes.step_id = tree.step_id
    where nodes.is_shown
),

children as (
    select
        shown_parent_id as step_id,
        count(*) as children
    from placed
    where shown_parent_id is not null
    group by shown_parent_id
)

select
    placed.* exclude (is_missing, is_shown, place, shown_parent_id),
    coalesce(counting.name, counting.span_name) as counted_as_name,
    placed.kind = 'plumbing' as is_plumbing,
    case
        when placed.time_basis <> 'ingest'
            then date_diff(
                'microsecond',
                (select min(started_at) from steps
where time_basis <> 'ingest'),
                placed.started_at
            ) * 0.001::double
    end as offset_ms,
    coalesce(children.children, 0) as children,
    count(*) over () as total_rows,
    (select count(*) from steps
where kind = 'plumbing') as plumbing_rows,
    (select count(*) from steps
where kind <> 'plumbing' and counted_as is not null) as told_again_rows
from placed
left join children on placed.step_id = children.step_id
left join steps as counting on placed.counted_as = counting.step_id
