-- Localization data: put in the reliability of a version and basis that the store does not have, given as a JSON list of objects.
-- grain: one row per version, basis and range of shares
insert into localization.share_reliability by name
with rows_given as (
    select
        (given ->> '$.version')::bigint as version,
        given ->> '$.basis' as basis,
        (given ->> '$.share_from')::decimal(9, 4) as share_from,
        (given ->> '$.share_below')::decimal(9, 4) as share_below,
        (given ->> '$.probability')::decimal(9, 4) as probability,
        given ->> '$.band' as band,
        (given ->> '$.runs')::bigint as runs
    from (select unnest(from_json($rows::varchar, '["json"]')) as given)
)

select *
from rows_given
where (version, basis) not in (
    select (present.version, present.basis)
    from localization.share_reliability as present
)
