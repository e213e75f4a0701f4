-- Localization data: put in queries/localization/assertions.csv, given as a JSON list of objects.
-- grain: one row of localization.assertions
insert into localization.assertions by name
select
    given ->> '$.entity' as entity,
    given ->> '$.kind' as kind
from (select unnest(from_json($rows::varchar, '["json"]')) as given)
