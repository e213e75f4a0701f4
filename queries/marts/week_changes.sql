-- marts.week_changes: the change of a week's unit cost (spend per completion) against the week before, split into six effects
-- that add up to it exactly; for one choice of workflow, environment and team (null: all).
-- grain: one row per workflow with priced runs in either week, and one over all of them (is_total)
-- source: Shapley value over six factors (Shorrocks 2013, "Decomposition procedures for distributional analysis"): each
-- factor's effect is its mean over every order in which the factors can change from the week before to this one.
-- Unit cost = sum of (share of runs x cost per run) / sum of (share of runs x completions per run); cost per run = tokens per
-- run, bucket by bucket x sum over models (share of the bucket's tokens x price per token) + all other costs per run.
-- Null where a week has under 20 priced runs or no completion, as in marts.scoreboard. What rounding to a billionth leaves goes
-- to the largest effect.
create or replace macro marts.week_changes(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with summed as (
    select
        *,
        bit_count(coalition) as size
    from marts.week_coalitions(last_week_start, wanted_workflow, wanted_env, wanted_team)
),

effects as (
    select
        summed.workflow,
        summed.is_total,
        factors.factor,
        sum(
            unit_cost * case
                when summed.coalition & factors.bit > 0 then factorial(size - 1) * factorial(6 - size)
                else -1 * factorial(size) * factorial(5 - size)
            end::double / 720
        ) as effect
    from summed
    cross join (
        values (1, 'price'), (2, 'model_mix'), (4, 'tokens'), (8, 'other_costs'), (16, 'completion'), (32, 'volume')
    ) as factors (bit, factor)
    group by all
),

known as (
    select
        workflow,
        grouping(workflow) = 1 as is_total,
        sum(runs_before)::bigint as priced_before,
        sum(runs_now)::bigint as priced_now,
        sum(completions_before)::bigint as completions_before,
        sum(completions_now)::bigint as completions_now,
        case when priced_before >= 20 then macros.money_per(sum(cost_before_usd), sum(completions_before)) end
            as unit_cost_before_usd,
        case when priced_now >= 20 then macros.money_per(sum(cost_now_usd), sum(completions_now)) end
            as unit_cost_now_usd,
        (unit_cost_now_usd - unit_cost_before_usd)::decimal(38, 9) as change_usd
    from marts.week_factors(last_week_start, wanted_workflow, wanted_env, wanted_team)
    group by grouping sets ((workflow), ())
),

rounded as (
    select
        known.*,
        effects.factor,
        case when change_usd is not null then round(effects.effect, 9)::decimal(38, 9) end as rounded_usd,
        row_number() over (partition by known.is_total, known.workflow order by abs(effect) desc, factor) as place
    from known
    inner join effects on known.is_total = effects.is_total and known.workflow is not distinct from effects.workflow
),

settled as (
    select
        *,
        rounded_usd + case
            when place = 1
                then change_usd - sum(rounded_usd) over (partition by is_total, workflow)
            else 0
        end as effect_usd
    from rounded
)

select
    workflow,
    is_total,
    any_value(priced_before) as priced_before,
    any_value(priced_now) as priced_now,
    any_value(completions_before) as completions_before,
    any_value(completions_now) as completions_now,
    any_value(unit_cost_before_usd) as unit_cost_before_usd,
    any_value(unit_cost_now_usd) as unit_cost_now_usd,
    any_value(change_usd) as change_usd,
    max(effect_usd) filter (where factor = 'volume')::decimal(38, 9) as volume_effect_usd,
    max(effect_usd) filter (where factor = 'price')::decimal(38, 9) as price_effect_usd,
    max(effect_usd) filter (where factor = 'model_mix')::decimal(38, 9) as model_mix_effect_usd,
    max(effect_usd) filter (where factor = 'tokens')::decimal(38, 9) as tokens_effect_usd,
    max(effect_usd) filter (where factor = 'other_costs')::decimal(38, 9) as other_costs_effect_usd,
    max(effect_usd) filter (where factor = 'completion')::decimal(38, 9) as completion_effect_usd
from settled
group by workflow, is_total
