-- Localization data: put in queries/localization/signals.csv, given as a JSON list of objects.
-- grain: one row of localization.signals
insert into localization.signals by name
select
    given ->> '$.signal' as signal,
    given ->> '$.code' as code,
    given ->> '$.class' as class,
    (given ->> '$.is_hint')::boolean as is_hint,
    given ->> '$.about' as about
from (select unnest(from_json($rows::varchar, '["json"]')) as given)
