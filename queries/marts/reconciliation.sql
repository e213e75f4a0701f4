-- marts.reconciliation: what models are estimated to have cost beside what providers billed, and why the two differ.
-- grain: one row per day or month (bucket), provider and model
-- gap_usd and its parts are of the days that the provider billed (marts.reconciliation_days), so is compared_usd, the estimate
-- that billed_usd is held against; estimated_usd is of all days. Null: nothing was compared.
create or replace macro marts.reconciliation(bucket, from_day, to_day) as table
select
    case bucket::varchar when 'day' then day else date_trunc('month', day)::date end as bucket_start,
    provider,
    model,
    count(*) as days,
    count(*) filter (where is_compared) as compared_days,
    sum(estimated_usd)::decimal(38, 9) as estimated_usd,
    (sum(coalesce(estimated_usd, 0)) filter (where is_compared))::decimal(38, 9) as compared_usd,
    sum(billed_usd)::decimal(38, 9) as billed_usd,
    sum(gap_usd)::decimal(38, 9) as gap_usd,
    (sum(unpriced_usd) filter (where is_compared))::decimal(38, 9) as unpriced_usd,
    (sum(usage_missing_usd) filter (where is_compared))::decimal(38, 9) as usage_missing_usd,
    (sum(only_on_bill_usd) filter (where is_compared))::decimal(38, 9) as only_on_bill_usd,
    (sum(only_here_usd) filter (where is_compared))::decimal(38, 9) as only_here_usd,
    (sum(repriced_usd) filter (where is_compared))::decimal(38, 9) as repriced_usd,
    sum(unexplained_usd)::decimal(38, 9) as unexplained_usd,
    coalesce(sum(calls), 0)::bigint as calls,
    coalesce(sum(unpriced_calls), 0)::bigint as unpriced_calls,
    coalesce(sum(usage_missing_calls), 0)::bigint as usage_missing_calls,
    sum(tokens)::bigint as tokens,
    sum(billed_tokens)::bigint as billed_tokens,
    max(invoices) as most_invoices_a_day,
    max(imported_at) as imported_at
from marts.reconciliation_days(from_day, to_day)
group by all
