-- Refresh 12c: where no model call of a run says what it used, but its agents say what they used in all, these sums stand in:
-- each is taken at the outermost agent or workflow that has one.
-- grain: one row per such agent or workflow
-- Never where any model call has usage: then sums above it are the same tokens again.
update touched_steps
set is_usage_holder = true
from (
    with recursive silent as (
        select run_id
        from touched_steps
        group by run_id
        having count(coalesce(input_tokens, output_tokens)) filter (where kind = 'model_call') = 0
        and count(input_tokens) filter (where kind in ('agent', 'workflow')) > 0
    ),

    holders as (
        select
            steps.step_hash,
            steps.run_id,
            steps.parent_hash
        from touched_steps as steps
        semi join silent on steps.run_id = silent.run_id
        where steps.kind in ('agent', 'workflow') and steps.input_tokens is not null and steps.signal = 'traces'
    ),

    above as (
        select
            step_hash,
            parent_hash as at_hash
        from holders
        union
        select
            above.step_hash,
            steps.parent_hash as at_hash
        from touched_steps as steps
        inner join above on steps.step_hash = above.at_hash
    )

    select holders.step_hash
    from holders
    anti join (
        select above.step_hash
        from above
        inner join holders as outer_holders on above.at_hash = outer_holders.step_hash
    ) as inner_holders on holders.step_hash = inner_holders.step_hash
) as outermost
where touched_steps.step_hash = outermost.step_hash
