-- Localization data: put in the weights of a version and basis that the store does not have, given as a JSON list of objects.
-- grain: one row per version, basis and signal
insert into localization.signal_weights by name
with rows_given as (
    select
        (given ->> '$.version')::bigint as version,
        given ->> '$.basis' as basis,
        given ->> '$.made_by' as made_by,
        given ->> '$.signal' as signal,
        (given ->> '$.weight')::decimal(9, 4) as weight
    from (select unnest(from_json($rows::varchar, '["json"]')) as given)
)

select *
from rows_given
where (version, basis) not in (
    select (present.version, present.basis)
    from localization.signal_weights as present
)
