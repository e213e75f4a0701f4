-- Localize 6: the single values that a failed assertion expected, found, and had before.
-- grain: one row per failed assertion, side and value
create or replace temp table localized_diff_values as
with leaves as (
    select
        diffs.run_id,
        diffs.entity,
        diffs.state,
        diffs.field,
        'expected' as side,
        trim(tree.atom::varchar, '"') as found
    from localized_diffs as diffs, json_tree(diffs.expected) as tree
    where tree.atom is not null and tree.type <> 'NULL'
    union all
    select
        diffs.run_id,
        diffs.entity,
        diffs.state,
        diffs.field,
        'actual' as side,
        trim(tree.atom::varchar, '"') as found
    from localized_diffs as diffs, json_tree(diffs.actual) as tree
    where tree.atom is not null and tree.type <> 'NULL'
    union all
    select
        diffs.run_id,
        diffs.entity,
        diffs.state,
        diffs.field,
        'before' as side,
        trim(tree.atom::varchar, '"') as found
    from localized_diffs as diffs, json_tree(diffs.before) as tree
    where tree.atom is not null and tree.type <> 'NULL'
)

select distinct
    run_id,
    entity,
    state,
    field,
    side,
    lower(found) as found
from leaves
