-- marts.restated_values: the figures of one closed week while its reasons take effect one after the other: what each makes
-- of counts, sums and rates; for one choice of workflow, environment and team (null: all).
-- grain: one row per workflow and reason in their order, and per reason over all workflows (is_total)
-- The first row (place 0, reason null) has the values of the closing, the last (place 8) those of now.
create or replace macro marts.restated_values(closed_week_start, wanted_workflow, wanted_env, wanted_team) as table
with summed as (
    select
        workflow,
        grouping(workflow) = 1 as is_total,
        figure,
        [
            sum(closed_value), sum(late_runs), sum(late_steps), sum(late_ends), sum(late_checks), sum(reversals),
            sum(late_costs), sum(repricing), sum(definition)
        ] as amounts
    from marts.restatements(closed_week_start)
    where macros.matches(workflow, wanted_workflow)
        and macros.matches(env, wanted_env)
        and macros.matches(team, wanted_team)
    group by grouping sets ((workflow, figure), (figure))
),

stepwise as (
    select
        summed.workflow,
        summed.is_total,
        summed.figure,
        reasons.place,
        reasons.reason,
        list_sum(summed.amounts[1:reasons.place + 1])::decimal(38, 9) as amount
    from summed
    cross join (
        values
        (0, null), (1, 'late_runs'), (2, 'late_steps'), (3, 'late_ends'), (4, 'late_checks'), (5, 'reversals'),
        (6, 'late_costs'), (7, 'repricing'), (8, 'definition')
    ) as reasons (place, reason)
)

select
    workflow,
    is_total,
    place,
    reason,
    max(amount) filter (where figure = 'runs')::bigint as runs,
    max(amount) filter (where figure = 'closed')::bigint as closed,
    max(amount) filter (where figure = 'checked')::bigint as checked,
    (
        max(amount) filter (where figure = 'completions_verified')
        + max(amount) filter (where figure = 'completions_declared')
    )::bigint as completions,
    max(amount) filter (where figure = 'silent_failures')::bigint as silent_failures,
    max(amount) filter (where figure = 'escalated')::bigint as escalated,
    max(amount) filter (where figure = 'tool_calls')::bigint as tool_calls,
    max(amount) filter (where figure = 'priced')::bigint as priced,
    max(amount) filter (where figure = 'priced_completions')::bigint as priced_completions,
    max(amount) filter (where figure = 'cost_usd') as cost_usd,
    max(amount) filter (where figure = 'priced_cost_usd') as priced_cost_usd
from stepwise
group by all
