-- Localize 4: the values that went into tool calls and came out of steps.
-- grain: one row per step, side and value
-- side: in (arguments of a tool call), out (what a tool or retrieval gave), said (a number or id in speech or in what a
-- model or agent was given). is_identity: one word with a digit, long enough not to be there by chance.
create or replace temp table localized_values as
-- Of runs that are not known to be bad: the arguments only, and only where a write failed (was it made again?).
with asked as (
    select
        run_id,
        k,
        input
    from localized_steps
    where kind = 'tool_call' and (
        bad_by is not null
        or run_id in (
            select failed.run_id from localized_steps as failed
            where failed.is_write and failed.is_error
        )
    )
),

leaves as (
    select
        steps.run_id,
        steps.k,
        'in' as side,
        tree.fullkey as path,
        trim(tree.atom::varchar, '"') as found
    from asked as steps, json_tree(case when json_valid(steps.input) then steps.input end) as tree
    where json_valid(steps.input) and tree.atom is not null and tree.type <> 'NULL'
    union all
    select
        steps.run_id,
        steps.k,
        'out' as side,
        tree.fullkey as path,
        trim(tree.atom::varchar, '"') as found
    from localized_steps as steps, json_tree(case when json_valid(steps.output) then steps.output end) as tree
    where steps.bad_by is not null and steps.kind in ('tool_call', 'retrieval') and json_valid(steps.output)
        and tree.atom is not null and tree.type <> 'NULL'
    union all
    select
        steps.run_id,
        steps.k,
        'out' as side,
        tree.path,
        tree.key as found
    from localized_steps as steps, json_tree(case when json_valid(steps.output) then steps.output end) as tree
    where steps.bad_by is not null and steps.kind in ('tool_call', 'retrieval') and json_valid(steps.output)
        and tree.key is not null and try_cast(tree.key as bigint) is null and regexp_matches(tree.key, '[0-9]')
    union all
    select
        steps.run_id,
        steps.k,
        case when steps.kind in ('tool_call', 'retrieval') then 'out' else 'said' end as side,
        null as path,
        unnest(regexp_extract_all(
            case when steps.kind in ('tool_call', 'retrieval') then steps.output
                else concat_ws(' ', steps.input, steps.output) end,
            '[\p{L}0-9_#@.:/\-]*[0-9][\p{L}0-9_@.:/\-]*'
        )) as found
    from localized_steps as steps
    where steps.bad_by is not null and (steps.kind not in ('tool_call', 'retrieval') or not json_valid(steps.output))
)

select
    run_id,
    k,
    side,
    min(path) as path,
    lower(trim(found, ' .,:;/-"')) as found,
    regexp_matches(found, '[0-9]') and not regexp_matches(found, '\s')
    and length(trim(found, ' .,:;/-"')) between 4 and 64 as is_identity
from leaves
where found <> ''
group by all
