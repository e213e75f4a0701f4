-- marts.called_days: what model calls of a day are estimated to cost, to be held against a bill.
-- grain: one row per day (UTC) of the calls, provider and model (lower case)
-- Calls of all runs: a bill knows no workflows. A call that names no provider is that of the only one that ever billed its
-- model. What only a run's end said of its cost is of no day, and not here.
create or replace macro marts.called_days(from_day, to_day) as table
select
    used.day,
    coalesce(lower(used.provider), billers.provider) as provider,
    lower(used.model) as model,
    sum(used.cost_usd)::decimal(38, 9) as estimated_usd,
    sum(used.calls)::bigint as calls,
    coalesce(sum(used.calls) filter (where used.cost_status in ('priced', 'reported')), 0)::bigint as priced_calls,
    coalesce(sum(used.calls) filter (where used.cost_status = 'unpriced'), 0)::bigint as unpriced_calls,
    coalesce(sum(used.calls) filter (where used.cost_status = 'usage_missing'), 0)::bigint as usage_missing_calls,
    sum(coalesce(used.input_tokens, 0) + coalesce(used.output_tokens, 0))::hugeint as tokens
from facts.run_models as used
left join (
    select
        model,
        macros.only_one(provider) as provider
    from marts.billed_days(null, null)
    group by model
) as billers on lower(used.model) = billers.model
where used.day is not null and used.model is not null
    and (from_day is null or used.day >= from_day::date) and (to_day is null or used.day < to_day::date)
group by all
