-- marts.week_coalitions: what the unit cost of a week would be if only some of its factors were of that week, the others of the
-- week before: for every choice of them (bits: 1 price, 2 model mix, 4 tokens, 8 other costs, 16 completion, 32 volume).
-- grain: one row per workflow and choice of factors (coalition), and one per choice over all workflows (is_total)
-- See marts.week_changes, which is what this is for. unit_cost: USD, double; null without a completion.
create or replace macro marts.week_coalitions(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with workflows as (
    select * from marts.week_factors(last_week_start, wanted_workflow, wanted_env, wanted_team)
),

-- Every way in which some of the factors are of this week, the others of the week before.
coalitions as (
    select numbers.number::integer as coalition
    from range(64) as numbers (number)
),

used as (
    select
        usage.*,
        coalesce(bucket_tokens_before / nullif(runs_before, 0), bucket_tokens_now / nullif(runs_now, 0))
            as tokens_per_run_before,
        coalesce(bucket_tokens_now / nullif(runs_now, 0), bucket_tokens_before / nullif(runs_before, 0))
            as tokens_per_run_now
    from marts.week_usage(last_week_start, wanted_workflow, wanted_env, wanted_team) as usage
    inner join workflows on usage.workflow is not distinct from workflows.workflow
),

priced as (
    select
        used.workflow,
        coalitions.coalition,
        sum(
            case when coalition & 1 > 0 then price_now else price_before end
            * case when coalition & 2 > 0 then model_share_now else model_share_before end
            * case when coalition & 4 > 0 then tokens_per_run_now else tokens_per_run_before end
        ) as model_cost_per_run
    from used
    cross join coalitions
    group by used.workflow, coalitions.coalition
),

costed as (
    select
        workflows.workflow,
        coalitions.coalition,
        coalesce(priced.model_cost_per_run, 0)
        + case when coalitions.coalition & 8 > 0 then other_costs_per_run_now else other_costs_per_run_before end
            as cost_per_run,
        case when coalitions.coalition & 16 > 0 then completion_share_now else completion_share_before end
            as completion_share,
        case when coalitions.coalition & 32 > 0 then runs_now else runs_before end::double as weight
    from workflows
    cross join coalitions
    left join priced
        on coalitions.coalition = priced.coalition and workflows.workflow is not distinct from priced.workflow
)

select
    workflow,
    grouping(workflow) = 1 as is_total,
    coalition,
    sum(weight * cost_per_run) / nullif(sum(weight * completion_share), 0) as of_all,
    any_value(cost_per_run / nullif(completion_share, 0)) as of_one,
    case when is_total then of_all else of_one end as unit_cost
from costed
group by grouping sets ((workflow, coalition), (coalition))
