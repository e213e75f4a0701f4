-- Localization data: put in queries/localization/signals.csv, given as a JSON list of objects.
-- grain: one row of localization.signal_words
insert into localization.signal_words by name
select
    given ->> '$.signal' as signal,
    given ->> '$.code' as code,
    given ->> '$.class' as class,
    (given ->> '$.is_hint')::boolean as is_hint,
    (given ->> '$.prior_weight')::decimal(9, 4) as prior_weight,
    (given ->> '$.is_fitted')::boolean as is_fitted,
    given ->> '$.about' as about
from (select unnest(from_json($rows::varchar, '["json"]')) as given)
