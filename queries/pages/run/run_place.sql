-- Where a step stands in its run's waterfall: its row, the steps before and after it, and the next error.
-- grain: one row; row_number is null where the step is not shown or no step is given, next_* then start at the top
-- position: the step's place as Replay counts; missing_parents: how many steps others hang on never came.
-- param run_id varchar default null: the run
-- param step_id varchar default null: the step
-- param plumbing boolean default true: as in run_steps
with tree as (
    select * from facts.run_tree($run_id::varchar, $plumbing::boolean)
),

here as (
    select max(row_number) as row_number
    from tree
    where step_id = $step_id::varchar
)

select
    any_value(here.row_number) as row_number,
    coalesce(max(tree.total_rows), 0) as total_rows,
    arg_max(tree.step_id, tree.row_number) filter (where tree.row_number < here.row_number and tree.kind <> 'missing')
        as previous_step_id,
    arg_min(tree.step_id, tree.row_number)
        filter (where tree.row_number > coalesce(here.row_number, 0) and tree.kind <> 'missing') as next_step_id,
    arg_min(tree.step_id, tree.row_number)
        filter (where tree.row_number > coalesce(here.row_number, 0) and tree.status = 'error') as next_error_step_id,
    any_value(tree.position) filter (where tree.step_id = $step_id::varchar) as position,
    coalesce(max(tree.position), 0) as total_steps,
    count(*) filter (where tree.kind = 'missing') as missing_parents,
    coalesce(max(tree.plumbing_rows), 0) as plumbing_rows,
    coalesce(max(tree.told_again_rows), 0) as told_again_rows
from here
left join tree on true
