-- marts.unit_costs: what one finished thing costs: per run, per declared and per verified completion, with all it rests on.
-- grain: one row per value of one dimension (outcome, workflow, workflow_version, agent, agent_version, prompt_version, env,
-- tenant, team; null: all in one row) that has an outcome in the period; value is null where nobody said it
-- Period and filters as marts.finished: outcomes whose last run started in it. All money is in the numerators, that of failed,
-- retried, cancelled, abandoned and escalated runs too; unit costs rest on outcomes that are priced in full, in both their
-- parts. Without a completion there is no unit cost: spend_usd says what was spent. declared: the agent declared success,
-- whatever was checked. Intervals: 95 %, delta method on the log scale over outcomes; Wilson for shares; null under 20.
-- runs: each counts for its outcomes in parts, so that they add up. pending: not checked, and ended less than the workflow's
-- maturity_days ago; null where none is set. value_minus_cost_usd: at least so much where valued, those of known
-- value, are fewer than the verified; null where no value is known.
create or replace macro marts.unit_costs(
    moment, dimension, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with summed as (
    select
        case dimension::varchar
            when 'outcome' then outcome
            when 'workflow' then workflow
            when 'workflow_version' then workflow_version
            when 'agent' then agent
            when 'agent_version' then agent_version
            when 'prompt_version' then prompt_version
            when 'env' then env
            when 'tenant' then tenant
            when 'team' then team
        end as value,
        count(*) as outcomes,
        round(sum(run_share))::bigint as runs,
        count(*) filter (where is_closed) as closed,
        count(*) filter (where is_checked) as checked,
        count(*) filter (where is_priced) as priced,
        count(*) filter (where declared = 'success') as declared,
        count(*) filter (where is_verified_completion) as verified,
        count(*) filter (where is_declared_completion) as declared_unchecked,
        count(*) filter (where is_silent_failure) as silent_failures,
        count(*) filter (where is_reversed) as reversed,
        count(*) filter (where is_escalated) as escalated,
        case when bool_or(maturity_days is not null) then count(*) filter (
            where not is_checked and finished_at > macros.utc_now(moment) - to_seconds(maturity_days * 86400)
        ) end as pending,
        sum(cost_usd) as spend_usd,
        sum(unknown_costs)::bigint as unknown_costs,
        sum(cost_usd) filter (where is_priced) as priced_cost_usd,
        sum(value_usd) filter (where is_verified_completion) as value_usd,
        count(value_usd) filter (where is_verified_completion) as valued,
        coalesce(sum(cost_usd) filter (where is_priced), 0)::double as x,
        coalesce(sum(cost_usd::double * cost_usd::double) filter (where is_priced), 0) as x_squares,
        coalesce(sum(run_share) filter (where is_priced), 0) as run_parts,
        coalesce(sum(run_share * run_share) filter (where is_priced), 0) as run_squares,
        coalesce(sum(run_share * cost_usd::double) filter (where is_priced), 0) as run_products,
        count(*) filter (where is_priced and declared = 'success') as priced_declared,
        coalesce(sum(cost_usd::double) filter (where is_priced and declared = 'success'), 0) as declared_products,
        count(*) filter (where is_priced and is_verified_completion) as priced_verified,
        coalesce(sum(cost_usd::double) filter (where is_priced and is_verified_completion), 0) as verified_products
    from marts.finished(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    where is_this
    group by all
),

valued as (
    select
        *,
        macros.money_per(priced_cost_usd, round(run_parts)::bigint) as cost_per_run_usd,
        macros.money_per(priced_cost_usd, priced_declared) as cost_per_declared_usd,
        macros.money_per(priced_cost_usd, priced_verified) as cost_per_verified_usd,
        case when priced >= 20
            then 1.959963984540054 * macros.ratio_error(x, x_squares, run_parts, run_squares, run_products, priced)
        end as run_width,
        case when priced >= 20
            then 1.959963984540054 * macros.ratio_log_error(x, x_squares, priced_declared, declared_products, priced)
        end as declared_width,
        case when priced >= 20
            then 1.959963984540054 * macros.ratio_log_error(x, x_squares, priced_verified, verified_products, priced)
        end as verified_width
    from summed
)

select
    value,
    outcomes,
    runs,
    spend_usd,
    cost_per_run_usd,
    cost_per_run_usd::double * exp(-run_width) as cost_per_run_low,
    cost_per_run_usd::double * exp(run_width) as cost_per_run_high,
    cost_per_declared_usd,
    cost_per_declared_usd::double * exp(-declared_width) as cost_per_declared_low,
    cost_per_declared_usd::double * exp(declared_width) as cost_per_declared_high,
    cost_per_verified_usd,
    cost_per_verified_usd::double * exp(-verified_width) as cost_per_verified_low,
    cost_per_verified_usd::double * exp(verified_width) as cost_per_verified_high,
    declared,
    verified,
    declared_unchecked,
    silent_failures,
    reversed,
    escalated,
    pending,
    closed,
    macros.share(closed, outcomes) as closed_share,
    macros.wilson_low(closed, outcomes) as closed_low,
    macros.wilson_high(closed, outcomes) as closed_high,
    checked,
    macros.share(checked, outcomes) as checked_share,
    macros.wilson_low(checked, outcomes) as checked_low,
    macros.wilson_high(checked, outcomes) as checked_high,
    priced,
    macros.share(priced, outcomes) as priced_share,
    macros.wilson_low(priced, outcomes) as priced_low,
    macros.wilson_high(priced, outcomes) as priced_high,
    unknown_costs,
    valued,
    value_usd,
    (value_usd - spend_usd)::decimal(38, 9) as value_minus_cost_usd
from valued
