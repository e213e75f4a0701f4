-- The spend of a period by one dimension: the values that cost most, the others as one row, and what has no value.
-- grain: one row per value by name, one for the others (other) and one for what is unattributed (none), where there are such
-- param group varchar default workflow: workflow, outcome, model, agent, agent_version, prompt_version, team, tenant, tool or kind (of cost)
-- param top bigint default 10: values by name at most
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- cost_usd adds up to the spend of the headline exactly. By outcome, model, tool and kind of cost a run can be in several
-- rows, so runs do not add up there. Unit costs rest on outcomes priced in full; low and high: 95 %, delta method on the log
-- scale. waiting_runs: runs in the store whose models are not worked out yet; their money is unattributed until then.
-- No outcome is of one model, tool or kind of cost: there they are that row's part of the unit cost of all.
with grouped as (
    select *
    from marts.spend_ranked($group, null, $top, $from, $to, $workflow, $env, $team)
),

whole as (
    select *
    from marts.finished_by(null, null, $from, $to, $workflow, $env, $team)
    where $group::varchar in ('model', 'tool', 'kind')
),

figures as (
    select
        grouped.* exclude (declared, verified),
        case when whole.is_this is null then grouped.declared end as declared,
        case when whole.is_this is null then grouped.verified end as verified,
        macros.money_per(grouped.run_cost_usd, grouped.priced_runs) as cost_per_run_usd,
        macros.money_per(
            case when whole.is_this is null then grouped.priced_cost_usd else grouped.run_cost_usd end,
            coalesce(whole.priced_declared, grouped.priced_declared)
        ) as cost_per_declared_usd,
        macros.money_per(
            case when whole.is_this is null then grouped.priced_cost_usd else grouped.run_cost_usd end,
            coalesce(whole.priced_verified, grouped.priced_verified)
        ) as cost_per_verified_usd,
        macros.ratio_log_error(
            grouped.priced_cost_usd::double, grouped.priced_cost_squares, grouped.priced_verified,
            grouped.cost_of_verified, grouped.priced_outcomes
        ) as log_error
    from grouped
    left join whole on grouped.is_this = whole.is_this
)

select
    this.row_kind,
    this.value,
    this.values_in_row,
    this.cost_usd,
    this.cost_usd::double / nullif(sum(this.cost_usd::double) over (), 0) as cost_share,
    this.runs,
    this.priced_runs,
    this.outcomes,
    this.priced_outcomes,
    this.declared,
    this.verified,
    this.unpriced_calls,
    this.usage_missing_calls,
    this.cost_per_run_usd,
    this.cost_per_declared_usd,
    this.cost_per_verified_usd,
    this.cost_per_verified_usd::double * exp(-1.959963984540054 * this.log_error) as cost_per_verified_low,
    this.cost_per_verified_usd::double * exp(1.959963984540054 * this.log_error) as cost_per_verified_high,
    before.cost_usd as previous_cost_usd,
    before.runs as previous_runs,
    before.cost_per_verified_usd as previous_cost_per_verified_usd,
    case when $group::varchar = 'model' then (select count(*) from facts.waiting_runs) else 0 end as waiting_runs
from figures as this
left join figures as before
    on this.row_kind = before.row_kind and this.value is not distinct from before.value and not before.is_this
where this.is_this
order by array_position(['value', 'other', 'none'], this.row_kind), this.cost_usd desc nulls last, this.value
