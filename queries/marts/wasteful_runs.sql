-- marts.wasteful_runs: the waste of the runs of a period, with the runs that passed a ceiling of the settings.
-- grain: one row per run that started in the period and kind of waste
-- kind, amount_usd, net_usd: see facts.run_waste. A run that passed a ceiling of the settings is of kind ceiling as well as one
-- whose own steps say so: the rest of its cost is in net_usd, unless it completed.
create or replace macro marts.wasteful_runs(
    started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with wasted as (
    select
        run_id,
        kind,
        is_estimate,
        steps,
        unpriced_calls,
        amount_usd,
        net_usd,
        step_ids
    from facts.run_waste
),

passed as (
    select distinct run_id
    from marts.configured_ceilings
    where observed > max
),

settled as (
    select
        passed.run_id,
        coalesce(sum(wasted.net_usd), 0) as net_usd
    from passed
    left join wasted on passed.run_id = wasted.run_id
    group by passed.run_id
    having count(*) filter (where wasted.kind = 'ceiling') = 0
),

kinds as (
    select * from wasted
    union all by name
    select
        settled.run_id,
        'ceiling' as kind,
        false as is_estimate,
        0 as steps,
        runs.unpriced_calls + runs.usage_missing_calls as unpriced_calls,
        runs.cost_usd as amount_usd,
        case
            when runs.is_verified_completion or runs.is_declared_completion then 0
            else runs.cost_usd - settled.net_usd
        end as net_usd,
        [] as step_ids
    from settled
    inner join facts.runs as runs on settled.run_id = runs.run_id
)

select
    kinds.*,
    runs.workflow,
    runs.started_at,
    runs.status_shown,
    runs.cost_usd
from kinds
inner join facts.runs as runs on kinds.run_id = runs.run_id
where (started_from::timestamp is null or runs.started_at >= started_from::timestamp)
    and (started_to::timestamp is null or runs.started_at < started_to::timestamp)
    and macros.matches(runs.workflow, wanted_workflow)
    and macros.matches(runs.env, wanted_env)
    and macros.matches(runs.team, wanted_team)
