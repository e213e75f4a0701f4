-- Models whose calls in the period have no price or no usage: what of them is in no money figure.
-- grain: one row per provider and model with such calls
-- param from timestamp default null: runs started at or after, UTC
-- param to timestamp default null: runs started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
select
    models.provider,
    models.model,
    sum(models.unpriced_calls)::bigint as unpriced_calls,
    sum(models.usage_missing_calls)::bigint as usage_missing_calls,
    count(distinct models.run_id) as runs,
    sum(models.input_tokens)::bigint as input_tokens,
    sum(models.output_tokens)::bigint as output_tokens,
    min(models.day) as first_day,
    max(models.day) as last_day
from facts.run_models as models
inner join marts.spend($from, $to, $workflow, $env, $team) as runs
    on models.run_id = runs.run_id and runs.is_this
where models.unpriced_calls + models.usage_missing_calls > 0
group by models.provider, models.model
order by unpriced_calls desc, usage_missing_calls desc, models.model
