-- marts.spend_ranked: spend and finished outcomes by one dimension: the values that cost the most by name, the rest as one.
-- grain: one row per period (is_this), bucket and value by name, per bucket the rest (row_kind other), and what has no value
-- row_kind: value, other (all values past the first `top` by spend in the period itself), none (runs or money without a
-- value). other and none bear no value, so that a value of such a name is not taken for them. Whatever the dimension, cost_usd
-- adds up to the spend of all runs: where a run can have several values, none is all spend less that of the values.
create or replace macro marts.spend_ranked(
    dimension, bucket, top, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with spent as (
    select *
    from marts.spend_by(dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
),

sums as (
    select *
    from spent
    union all by name
    select *
    from marts.finished_by(dimension, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    union all by name
    select
        is_this,
        bucket_start,
        cost_usd,
        run_cost_usd
    from marts.spend_by(null, bucket, started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    where dimension::varchar in ('outcome', 'model', 'tool', 'kind')
    union all by name
    select
        is_this,
        bucket_start,
        -sum(cost_usd) as cost_usd,
        -sum(run_cost_usd) as run_cost_usd
    from spent
    where dimension::varchar in ('outcome', 'model', 'tool', 'kind')
    group by is_this, bucket_start
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
    sum(cost_usd) as cost_usd,
    sum(run_cost_usd) as run_cost_usd,
    sum(priced_cost_usd) as priced_cost_usd,
    sum(value_usd) as value_usd,
    sum(outcomes_cost_usd) as outcomes_cost_usd,
    sum(run_cost_squares) as run_cost_squares,
    sum(priced_cost_squares) as priced_cost_squares,
    sum(cost_of_declared) as cost_of_declared,
    sum(cost_of_verified) as cost_of_verified,
    coalesce(sum(runs), 0)::bigint as runs,
    coalesce(sum(priced_runs), 0)::bigint as priced_runs,
    coalesce(sum(outcomes), 0)::bigint as outcomes,
    coalesce(sum(closed), 0)::bigint as closed,
    coalesce(sum(checked), 0)::bigint as checked,
    coalesce(sum(declared), 0)::bigint as declared,
    coalesce(sum(verified), 0)::bigint as verified,
    coalesce(sum(priced_outcomes), 0)::bigint as priced_outcomes,
    coalesce(sum(priced_declared), 0)::bigint as priced_declared,
    coalesce(sum(priced_verified), 0)::bigint as priced_verified,
    coalesce(sum(valued), 0)::bigint as valued,
    coalesce(sum(unpriced_calls), 0)::bigint as unpriced_calls,
    coalesce(sum(usage_missing_calls), 0)::bigint as usage_missing_calls,
    coalesce(sum(unpriced_costs), 0)::bigint as unpriced_costs
from named
group by is_this, bucket_start, row_kind, case when row_kind = 'value' then value end
having row_kind <> 'none' or sum(cost_usd) <> 0 or sum(runs) > 0 or sum(outcomes) > 0
