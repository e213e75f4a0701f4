-- S3: a write was given a value that is now wrongly there, or not the one that should be there.
-- grain: one row per write and wrong value
insert into localized_signals by name
with expected as (
    select distinct
run_id,
found
from localized_diff_values
where side = 'expected'
),

actual as (
    select
run_id,
entity,
any_value(field) as field,
found
    from localized_diff_values
    where side = 'actual' and (run_id, entity, found) not in (
        select (run_id, entity, found) from localized_diff_values
where side in ('expected', 'before')
    )
    group by all
)

select
    calls.run_id,
    calls.k,
    'wrong_value' as signal,
    calls.name || ' was given ' || given.found || ' (' || coalesce(given.path, '') || '), which is wrongly in '
    || actual.entity || ' ' || coalesce(actual.field, '') as evidence,
    [calls.k] as evidence_ks
from localized_calls as calls
inner join localized_values as given on calls.run_id = given.run_id and calls.k = given.k and given.side = 'in'
inner join actual on given.run_id = actual.run_id and given.found = actual.found
where calls.is_write
    and not exists (
        select 1 from expected
where expected.run_id = given.run_id and expected.found = given.found
    )
