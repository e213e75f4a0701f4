-- marts.routes: what runs cost and achieve by the models that served them, compared within their workflow and the period.
-- grain: one row per workflow and entry model (route null: is_entry), and one per workflow, entry model and route
-- Entry models are compared with each other, whole routes are not: which runs went on to another model is chosen by how hard
-- they were. The entry model that began the most runs of the workflow (then the one that began first) is what the others are
-- compared with (is_reference). Completions are over closed runs, unit costs over runs priced in full, as everywhere.
-- Intervals 95 %: Wilson and delta method on the log scale; of changes Newcombe and MOVER. is_*_evidence: whether the interval
-- of the change leaves zero out; null where there is none.
create or replace macro marts.routes(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
with by_route as (
    select
        workflow,
        entry_model,
        route,
        min(started_at) as first_started_at,
        count(*) as runs,
        count(*) filter (where is_closed) as closed,
        count(*) filter (where is_checked) as checked,
        count(*) filter (where is_priced) as priced,
        count(*) filter (where is_completion) as completions,
        count(*) filter (where is_verified_completion) as completions_verified,
        count(*) filter (where escalated_calls > 0) as escalated_runs,
        sum(escalated_cost_usd) as escalated_cost_usd,
        sum(unknown_price_calls) as unknown_price_calls,
        sum(cost_usd) as cost_usd,
        sum(cost_usd) filter (where is_priced) as priced_cost_usd,
        count(*) filter (where is_priced and is_completion) as priced_completions,
        sum(cost_usd::double * cost_usd::double) filter (where is_priced) as cost_squares,
        coalesce(sum(cost_usd::double) filter (where is_priced and is_completion), 0) as cost_of_completions
    from marts.routed_runs(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    group by workflow, entry_model, route
),

-- Of the few sums: to group all runs twice takes twice the time.
summed as (
    select
        workflow,
        entry_model,
        route,
        grouping(route) = 1 as is_entry,
        min(first_started_at) as first_started_at,
        sum(runs)::bigint as runs,
        sum(closed)::bigint as closed,
        sum(checked)::bigint as checked,
        sum(priced)::bigint as priced,
        sum(completions)::bigint as completions,
        sum(completions_verified)::bigint as completions_verified,
        sum(escalated_runs)::bigint as escalated_runs,
        sum(escalated_cost_usd) as escalated_cost_usd,
        sum(unknown_price_calls)::bigint as unknown_price_calls,
        sum(cost_usd) as cost_usd,
        sum(priced_cost_usd) as priced_cost_usd,
        sum(priced_completions)::bigint as priced_completions,
        sum(cost_squares) as cost_squares,
        sum(cost_of_completions) as cost_of_completions
    from by_route
    group by grouping sets ((workflow, entry_model), (workflow, entry_model, route))
),

valued as (
    select
        * exclude (cost_squares, cost_of_completions),
        is_entry and row_number() over (
            partition by workflow, is_entry order by runs desc, first_started_at, entry_model
        ) = 1 as is_reference,
        macros.share(completions, closed) as completion_share,
        macros.wilson_low(completions, closed) as completion_low,
        macros.wilson_high(completions, closed) as completion_high,
        case when priced >= 20 then macros.money_per(priced_cost_usd, priced) end as cost_per_run_usd,
        case when priced >= 20 then macros.money_per(priced_cost_usd, priced_completions) end
            as cost_per_completion_usd,
        macros.ratio_log_error(
            priced_cost_usd::double, cost_squares, priced_completions, cost_of_completions, priced
        ) as log_error,
        cost_per_completion_usd::double * exp(-1.959963984540054 * log_error) as cost_per_completion_low,
        cost_per_completion_usd::double * exp(1.959963984540054 * log_error) as cost_per_completion_high
    from summed
),

compared as (
    select
        valued.* exclude (log_error),
        best.entry_model as reference_model,
        best.cost_per_completion_usd as reference_cost_per_completion_usd,
        valued.cost_per_completion_usd::double / nullif(best.cost_per_completion_usd::double, 0) - 1
            as cost_change_share,
        macros.change_low(
            valued.cost_per_completion_usd::double, valued.cost_per_completion_low,
            best.cost_per_completion_usd::double, best.cost_per_completion_high
        ) as cost_change_low,
        macros.change_high(
            valued.cost_per_completion_usd::double, valued.cost_per_completion_high,
            best.cost_per_completion_usd::double, best.cost_per_completion_low
        ) as cost_change_high,
        valued.completion_share - best.completion_share as completion_change,
        macros.change_low(
            valued.completion_share, valued.completion_low, best.completion_share, best.completion_high
        ) as completion_change_low,
        macros.change_high(
            valued.completion_share, valued.completion_high, best.completion_share, best.completion_low
        ) as completion_change_high
    from valued
    left join valued as best
        on valued.workflow is not distinct from best.workflow and best.is_reference
        and valued.is_entry and not valued.is_reference
)

select
    *,
    cost_change_low > 0 or cost_change_high < 0 as is_cost_evidence,
    completion_change_low > 0 or completion_change_high < 0 as is_completion_evidence
from compared
