-- Localization data: put in queries/localization/phrases.csv, given as a JSON list of objects.
-- grain: one row of localization.phrases
insert into localization.phrases by name
select
    given ->> '$.kind' as kind,
    given ->> '$.phrase' as phrase
from (select unnest(from_json($rows::varchar, '["json"]')) as given)
