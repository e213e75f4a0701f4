-- marts.spend_ranked: marts.spend_by with the values that cost the most by name, and the rest of them as one.
-- grain: one row per period (is_this), bucket and value by name, per bucket the rest (row_kind other), and what has no value
-- row_kind: value, other (all values past the first `top` by spend in the period itself), none (runs or money without a
-- value). other and none bear no value, so that a value of such a name is not taken for them.
create or replace macro marts.spend_ranked(
    dimension, bucket, top, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with sums as (
    select *
    from marts.spend_by(dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
),

ranked as (
    select
        value,
        row_number() over (
            order by
                sum(cost_usd) filter (where is_this) desc nulls last,
                sum(runs) filter (where is_this) desc nulls last,
                value
        ) as place
    from sums
    where value is not null
    group by value
),

named as (
    select
        sums.*,
        case
            when sums.value is null then 'none'
            when ranked.place <= top::bigint then 'value'
            else 'other'
        end as row_kind
    from sums
    left join ranked on sums.value = ranked.value
)

select
    is_this,
    bucket_start,
    row_kind,
    case when row_kind = 'value' then value end as value,
    count(distinct value) as values_in_row,
    sum(runs)::bigint as runs,
    sum(closed)::bigint as closed,
    sum(checked)::bigint as checked,
    sum(priced)::bigint as priced,
    sum(declared)::bigint as declared,
    sum(verified)::bigint as verified,
    sum(unpriced_calls)::bigint as unpriced_calls,
    sum(usage_missing_calls)::bigint as usage_missing_calls,
    sum(unpriced_costs)::bigint as unpriced_costs,
    sum(cost_usd) as cost_usd,
    sum(priced_cost_usd) as priced_cost_usd,
    sum(priced_cost_squares) as priced_cost_squares,
    sum(priced_declared)::bigint as priced_declared,
    sum(priced_verified)::bigint as priced_verified,
    sum(cost_of_declared) as cost_of_declared,
    sum(cost_of_verified) as cost_of_verified
from named
group by is_this, bucket_start, row_kind, case when row_kind = 'value' then value end
