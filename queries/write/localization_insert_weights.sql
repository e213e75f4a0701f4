-- Localization data: put in the weights of a version that the store does not have, given as a JSON list of objects.
-- grain: one row per version and signal
insert into localization.weights by name
with rows_given as (
    select
        (given ->> '$.version')::bigint as version,
        given ->> '$.made_by' as made_by,
        given ->> '$.signal' as signal,
        (given ->> '$.weight')::decimal(9, 4) as weight
    from (select unnest(from_json($rows::varchar, '["json"]')) as given)
)

select *
from rows_given
where version not in (select present.version from localization.weights as present)
