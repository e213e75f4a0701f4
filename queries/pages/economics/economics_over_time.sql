-- Spend and unit cost day by day (week by week over five weeks), divided by one dimension.
-- grain: one row per bucket (day or ISO week) over all (total), and per value by name, others (other), unattributed (none)
-- param group varchar default workflow: workflow, outcome, model, agent, agent_version, prompt_version, team, tenant, tool or kind (of cost)
-- param top bigint default 6: values by name at most
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- bucket: day or week; a week counts those of its days that are in the period. A bucket without runs has no row.
-- Unit costs rest on outcomes priced in full and on at least 20 completions: on young days few are checked yet.
-- previous_cost_usd: of the same weekday (or week) in the period before.
with asked as (
    select case when $to::timestamp - $from::timestamp > interval 35 day then 'week' else 'day' end as bucket
),

ranked as (
    select * exclude (values_in_row)
    from marts.spend_ranked($group, (select bucket from asked), $top, $from, $to, $workflow, $env, $team)
),

-- Where each run has one value the rows add up; else all runs are asked for once more.
totals as (
    select
        is_this,
        bucket_start,
        sum(columns(* exclude (is_this, bucket_start, row_kind, value)))
    from ranked
    where $group::varchar not in ('outcome', 'model', 'tool', 'kind')
    group by is_this, bucket_start
    union all by name
    select * exclude (values_in_row, row_kind, value)
    from marts.spend_ranked(null, (select bucket from asked), 0, $from, $to, $workflow, $env, $team)
    where $group::varchar in ('outcome', 'model', 'tool', 'kind')
),

named as (
    select *
    from ranked
    union all by name
    select
        *,
        'total' as row_kind
    from totals
),

aligned as (
    select
        *,
        case
            when is_this then bucket_start
            else bucket_start + ($from::date - macros.previous_start($from, $to)::date)::integer
        end as aligned_start
    from named
)

select
    (select bucket from asked) as bucket,
    aligned_start::date as bucket_start,
    row_kind,
    value,
    sum(cost_usd) filter (where is_this) as cost_usd,
    coalesce(sum(runs) filter (where is_this), 0)::bigint as runs,
    coalesce(sum(declared) filter (where is_this), 0)::bigint as declared,
    coalesce(sum(verified) filter (where is_this), 0)::bigint as verified,
    case
        when sum(priced_declared) filter (where is_this) >= 20
            then macros.money_per(
                sum(priced_cost_usd) filter (where is_this), sum(priced_declared) filter (where is_this)
            )
    end as cost_per_declared_usd,
    case
        when sum(priced_verified) filter (where is_this) >= 20
            then macros.money_per(
                sum(priced_cost_usd) filter (where is_this), sum(priced_verified) filter (where is_this)
            )
    end as cost_per_verified_usd,
    sum(cost_usd) filter (where not is_this) as previous_cost_usd
from aligned
group by aligned_start, row_kind, value
order by aligned_start, array_position(['total', 'value', 'other', 'none'], row_kind), value
