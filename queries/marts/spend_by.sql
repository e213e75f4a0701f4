-- marts.spend_by: sums of marts.spend_parts per bucket of time and value of one dimension.
-- grain: one row per period (is_this), bucket and value
-- bucket: day, week, or null for the whole period. priced_runs: runs whose model calls all have a cost; run_cost_*: of them.
create or replace macro marts.spend_by(
    dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
select
    is_this,
    case bucket::varchar when 'day' then day when 'week' then week_start end as bucket_start,
    value,
    count(*) as runs,
    count(*) filter (where is_priced) as priced_runs,
    sum(unpriced_calls)::bigint as unpriced_calls,
    sum(usage_missing_calls)::bigint as usage_missing_calls,
    sum(unpriced_costs)::bigint as unpriced_costs,
    sum(cost_usd) as cost_usd,
    sum(cost_usd) filter (where is_priced) as run_cost_usd,
    coalesce(sum(cost_usd::double * cost_usd::double) filter (where is_priced), 0) as run_cost_squares
from marts.spend_parts(dimension, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
group by all
