-- The money of a period: spend, and what one run, one declared and one verified completion cost; with the period before.
-- grain: one row per metric: spend, cost_per_run, cost_per_declared, cost_per_verified
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- Spend is that of the runs of the period; unit costs are of the outcomes whose last run is in it (marts.finished), priced in
-- full. low and high: 95 % by the delta method on the log scale over outcomes; the change's from both (MOVER). is_evidence:
-- whether the interval of the change leaves zero out; null where there is none. denominator: what the amount is divided by.
-- value_minus_cost_usd: at least so much where `valued`, the verified of known value, are fewer than the verified.
with figures as (
    select
        unnest([
            {
                'place': 1, 'metric': 'spend', 'amount_usd': cost_usd::decimal(38, 9), 'denominator': runs,
                'log_error': null::double
            },
            {
                'place': 2, 'metric': 'cost_per_run', 'amount_usd': macros.money_per(run_cost_usd, priced_runs),
                'denominator': priced_runs,
                'log_error': macros.ratio_log_error(
                    run_cost_usd::double, run_cost_squares, priced_runs, run_cost_usd::double, priced_runs
                )
            },
            {
                'place': 3, 'metric': 'cost_per_declared',
                'amount_usd': macros.money_per(priced_cost_usd, priced_declared), 'denominator': priced_declared,
                'log_error': macros.ratio_log_error(
                    priced_cost_usd::double, priced_cost_squares, priced_declared, cost_of_declared, priced_outcomes
                )
            },
            {
                'place': 4, 'metric': 'cost_per_verified',
                'amount_usd': macros.money_per(priced_cost_usd, priced_verified), 'denominator': priced_verified,
                'log_error': macros.ratio_log_error(
                    priced_cost_usd::double, priced_cost_squares, priced_verified, cost_of_verified, priced_outcomes
                )
            }
        ], recursive := true),
        * exclude (value)
    from marts.spend_ranked(null, null, 0, $from, $to, $workflow, $env, $team)
),

limited as (
    select
        *,
        amount_usd::double as value,
        amount_usd::double * exp(-1.959963984540054 * log_error) as low,
        amount_usd::double * exp(1.959963984540054 * log_error) as high
    from figures
)

select
    this.metric,
    this.amount_usd,
    this.value,
    this.low,
    this.high,
    this.denominator,
    this.priced_cost_usd,
    this.runs,
    this.priced_runs,
    this.outcomes,
    this.priced_outcomes,
    this.closed,
    this.checked,
    this.declared,
    this.verified,
    this.unpriced_calls,
    this.usage_missing_calls,
    this.unpriced_costs,
    this.valued,
    this.value_usd,
    this.outcomes_cost_usd,
    (this.value_usd - this.outcomes_cost_usd)::decimal(38, 9) as value_minus_cost_usd,
    before.amount_usd as previous_amount_usd,
    before.denominator as previous_denominator,
    before.runs as previous_runs,
    this.value - before.value as change,
    macros.change_low(this.value, this.low, before.value, before.high) > 0
    or macros.change_high(this.value, this.high, before.value, before.low) < 0 as is_evidence
from limited as this
left join limited as before on this.metric = before.metric and not before.is_this
where this.is_this and this.runs > 0
order by this.place
