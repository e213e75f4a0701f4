-- Localize 12b: writes in a run that left an entity unchanged, which name another entity instead.
-- grain: one row per write
-- expected_values: arguments that the unchanged entity should have got; asked for by nobody: none of the ids that the write
-- names is one of the entities that were found wrong, or all it names should not have changed.
create or replace temp table localized_misdirected as
with unchanged as (
    select
        entities.run_id,
        entities.entity
    from localized_entities as entities
    where entities.state in ('missing', 'unknown')
        and not exists (
            select 1
            from localized_attempts as tried
            where tried.run_id = entities.run_id and tried.entity = entities.entity and tried.state = entities.state
                and tried.expected_values > 0
        )
)

select
    calls.run_id,
    calls.k,
    any_value(unchanged.entity) as entity,
    list_sort(list(distinct expected.found)) as expected_values,
    bool_or(unexpected.entity is not null) as is_on_unexpected
from localized_calls as calls
inner join unchanged on calls.run_id = unchanged.run_id
left join localized_values as given
    on calls.run_id = given.run_id and calls.k = given.k and given.side = 'in' and length(given.found) >= 3
left join localized_diff_values as expected
    on given.run_id = expected.run_id and given.found = expected.found
    and unchanged.entity = expected.entity and expected.side = 'expected'
left join localized_touches as touches
    on calls.run_id = touches.run_id and calls.k = touches.k and touches.side = 'in'
left join localized_entities as unexpected
    on touches.run_id = unexpected.run_id and touches.entity = unexpected.entity and unexpected.state = 'unexpected'
where calls.is_write
    and not exists (
        select 1
        from localized_attempts as tried
        inner join unchanged as named on tried.run_id = named.run_id and tried.entity = named.entity
        where tried.run_id = calls.run_id and tried.k = calls.k
    )
group by calls.run_id, calls.k, calls.is_error
having calls.is_error and count(expected.found) > 0 or bool_or(unexpected.entity is not null)
