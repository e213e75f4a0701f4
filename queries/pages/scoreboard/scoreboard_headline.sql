-- The six figures of a week, each with what it rests on, its interval, the week before and the eight weeks up to it.
-- grain: one row per metric: completion, cost_per_completion, silent_failures, escalated, tool_calls_per_run, spend
-- param week varchar default null: ISO week like 2026-W46; default the last complete week
-- param workflow varchar default null: one workflow, or '(none)' for runs without one; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param now timestamp default null: the moment that counts as now, in UTC; default the clock
-- is_evidence: whether the interval of the change leaves zero out; null where there is no interval. coverage_share: the
-- share of the week's runs that the figure rests on (closed, priced or checked). amount_usd: money figures, exact.
-- unpriced_costs: for money figures, how many costs of the week (people's minutes without an amount) are in none of them.
with asked as (
    select macros.asked_week($week, $now) as week_start
),

weeks as (
    select
        asked.week_start - numbers.number::integer * 7 as week_start,
        numbers.number as weeks_before
    from asked
    cross join range(8) as numbers (number)
),

figures as (
    select
        week_start,
        unnest([
            {
                'place': 1, 'metric': 'completion', 'value': completion_share,
                'numerator': completions::double, 'denominator': closed,
                'low': completion_low, 'high': completion_high,
                'covered': closed, 'whole': runs, 'amount_usd': null::decimal(38, 9),
                'unpriced_costs': null::bigint
            },
            {
                'place': 2, 'metric': 'cost_per_completion', 'value': cost_per_completion_usd::double,
                'numerator': priced_cost, 'denominator': priced_completions,
                'low': cost_per_completion_low, 'high': cost_per_completion_high,
                'covered': priced, 'whole': runs, 'amount_usd': cost_per_completion_usd::decimal(38, 9),
                'unpriced_costs': unpriced_costs
            },
            {
                'place': 3, 'metric': 'silent_failures', 'value': silent_failure_share,
                'numerator': silent_failures::double, 'denominator': checked,
                'low': silent_failure_low, 'high': silent_failure_high,
                'covered': checked, 'whole': runs, 'amount_usd': null::decimal(38, 9),
                'unpriced_costs': null::bigint
            },
            {
                'place': 4, 'metric': 'escalated', 'value': escalation_share,
                'numerator': escalated::double, 'denominator': closed,
                'low': escalation_low, 'high': escalation_high,
                'covered': closed, 'whole': runs, 'amount_usd': null::decimal(38, 9),
                'unpriced_costs': null::bigint
            },
            {
                'place': 5, 'metric': 'tool_calls_per_run', 'value': tool_calls_per_run,
                'numerator': tool_calls::double, 'denominator': runs,
                'low': tool_calls_per_run_low, 'high': tool_calls_per_run_high,
                'covered': runs, 'whole': runs, 'amount_usd': null::decimal(38, 9),
                'unpriced_costs': null::bigint
            },
            {
                'place': 6, 'metric': 'spend', 'value': cost_usd::double,
                'numerator': cost_usd::double, 'denominator': runs,
                'low': null::double, 'high': null::double,
                'covered': priced, 'whole': runs, 'amount_usd': cost_usd::decimal(38, 9),
                'unpriced_costs': unpriced_costs
            }
        ], recursive := true)
    from marts.scoreboard((select week_start from asked), $workflow, $env, $team)
    where is_total
),

named as (
    select distinct
        place,
        metric
    from figures
),

histories as (
    select
        named.metric,
        list(macros.iso_week(weeks.week_start) order by weeks.week_start) as weeks,
        list(figures.value order by weeks.week_start) as history
    from named
    cross join weeks
    left join figures on named.metric = figures.metric and weeks.week_start = figures.week_start
    group by named.metric
),

compared as (
    select
        this.*,
        previous.value as previous_value,
        previous.denominator as previous_denominator,
        this.value - previous.value as change,
        macros.change_low(this.value, this.low, previous.value, previous.high) as change_low,
        macros.change_high(this.value, this.high, previous.value, previous.low) as change_high
    from figures as this
    inner join asked on this.week_start = asked.week_start
    left join figures as previous
        on this.metric = previous.metric and previous.week_start = this.week_start - 7
)

select
    compared.metric,
    compared.value,
    compared.amount_usd,
    compared.unpriced_costs,
    compared.numerator,
    compared.denominator,
    compared.low,
    compared.high,
    compared.previous_value,
    compared.previous_denominator,
    compared.change,
    compared.change_low,
    compared.change_high,
    compared.change_low > 0 or compared.change_high < 0 as is_evidence,
    histories.weeks,
    histories.history,
    compared.covered / compared.whole as coverage_share
from compared
inner join histories on compared.metric = histories.metric
order by compared.place
