-- marts.spend_by: sums of marts.spend_parts per bucket of time and value of one dimension.
-- grain: one row per period (is_this), bucket and value
-- bucket: day, week, or null for the whole period. Unit costs rest on runs that are priced in full (priced_*), in both
-- their parts: a run whose cost nobody knows must not count as free. declared: declared success, checked or not.
create or replace macro marts.spend_by(
    dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
select
    is_this,
    case bucket::varchar when 'day' then day when 'week' then week_start end as bucket_start,
    value,
    count(*) as runs,
    count(*) filter (where is_closed) as closed,
    count(*) filter (where is_checked) as checked,
    count(*) filter (where is_priced) as priced,
    count(*) filter (where declared = 'success') as declared,
    count(*) filter (where is_verified_completion) as verified,
    sum(unpriced_calls)::bigint as unpriced_calls,
    sum(usage_missing_calls)::bigint as usage_missing_calls,
    sum(unpriced_costs)::bigint as unpriced_costs,
    sum(cost_usd) as cost_usd,
    sum(cost_usd) filter (where is_priced) as priced_cost_usd,
    coalesce(sum(cost_usd::double * cost_usd::double) filter (where is_priced), 0) as priced_cost_squares,
    count(*) filter (where is_priced and declared = 'success') as priced_declared,
    count(*) filter (where is_priced and is_verified_completion) as priced_verified,
    coalesce(sum(cost_usd::double) filter (where is_priced and declared = 'success'), 0) as cost_of_declared,
    coalesce(sum(cost_usd::double) filter (where is_priced and is_verified_completion), 0) as cost_of_verified
from marts.spend_parts(dimension, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
group by all
