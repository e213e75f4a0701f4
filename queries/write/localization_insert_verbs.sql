-- Localization data: put in queries/localization/verbs.csv, given as a JSON list of objects.
-- grain: one row of localization.verbs
insert into localization.verbs by name
select
    given ->> '$.verb' as verb,
    given ->> '$.effect' as effect
from (select unnest(from_json($rows::varchar, '["json"]')) as given)
