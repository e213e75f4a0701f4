-- marts.look_first: what became worse in a week, by evidence that is unlikely to be chance, with the money at stake.
-- grain: one row per workflow and what moved (silent_failures, escalations, cost_per_completion, waste)
-- Only what the interval of the change leaves no doubt of, and Benjamini and Hochberg at 10 % over all that was looked at.
-- stake_usd: what the outcomes of the silent failures were to be worth (stake_of value; spend, where nobody says a value); what
-- the escalated runs cost (spend); the rise times the week's completions, or the rise of waste per run times its runs (rise).
-- version: that of the prompt, agent or workflow (version_of) which is new in the week and carries four fifths of it or more.
create or replace macro marts.look_first(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with worse as (
    select *
    from marts.week_movements(last_week_start, wanted_workflow, wanted_env, wanted_team)
    where change_low > 0 and p_adjusted <= 0.1
    qualify row_number() over (partition by workflow, what order by against = 'week' desc) = 1
),

runs as (
    select
        runs.*,
        runs.week_start = last_week_start::date as is_now,
        coalesce(runs.value_usd, workflows.value_usd) as worth_usd
    from facts.runs as runs
    left join facts.workflows as workflows on runs.workflow = workflows.workflow
    where runs.week_start in (last_week_start::date, last_week_start::date - 7)
        and macros.matches(runs.workflow, wanted_workflow)
        and macros.matches(runs.env, wanted_env)
        and macros.matches(runs.team, wanted_team)
),

wasted as (
    select
        run_id,
        sum(net_usd) as net_usd
    from facts.run_waste
    where kind in ('loop', 'repeat', 'retry')
    group by run_id
),

-- How much of what moved each run carries.
weighed as (
    select
        worse.workflow,
        worse.what,
        runs.is_now,
        runs.prompt_version,
        runs.agent_version,
        runs.workflow_version,
        runs.worth_usd,
        runs.cost_usd,
        runs.is_priced and (runs.is_verified_completion or runs.is_declared_completion) as is_priced_completion,
        case worse.what
            when 'silent_failures' then runs.is_silent_failure::integer
            when 'escalations' then runs.is_escalated::integer
            when 'waste' then coalesce(wasted.net_usd, 0)::double
            else coalesce(runs.cost_usd, 0)::double
        end as weight
    from worse
    inner join runs on worse.workflow is not distinct from runs.workflow
    left join wasted on runs.run_id = wasted.run_id
),

versions as (
    select
        workflow,
        what,
        version_of,
        version,
        sum(weight) filter (where is_now)
        / nullif(sum(sum(weight) filter (where is_now)) over (partition by workflow, what, version_of), 0) as carried
    from (
        select
            workflow,
            what,
            is_now,
            weight,
            unnest([
                { 'version_of': 'prompt', 'version': prompt_version },
                { 'version_of': 'agent', 'version': agent_version },
                { 'version_of': 'workflow', 'version': workflow_version }
            ], recursive := true)
        from weighed
    )
    group by workflow, what, version_of, version
    having version is not null and count(*) filter (where not is_now) = 0
),

carrying as (
    select *
    from versions
    where carried >= 0.8
    qualify row_number() over (partition by workflow, what order by carried desc, version_of, version) = 1
),

stakes as (
    select
        workflow,
        what,
        count(*) filter (where is_now and weight > 0) as runs,
        sum(worth_usd) filter (where is_now and weight > 0) as worth_usd,
        sum(cost_usd) filter (where is_now and weight > 0) as spent_usd,
        count(*) filter (where is_now) as all_runs,
        count(*) filter (where is_now and is_priced_completion) as priced_completions
    from weighed
    group by workflow, what
)

select
    worse.*,
    stakes.runs,
    case
        when worse.what = 'silent_failures' then coalesce(stakes.worth_usd, stakes.spent_usd)
        when worse.what = 'escalations' then stakes.spent_usd
        when worse.what = 'waste' then worse.change * stakes.all_runs
        else worse.change * stakes.priced_completions
    end::decimal(38, 9) as stake_usd,
    case
        when worse.what = 'silent_failures' and stakes.worth_usd is not null then 'value'
        when worse.what in ('silent_failures', 'escalations') then 'spend'
        else 'rise'
    end as stake_of,
    carrying.version_of,
    carrying.version
from worse
inner join stakes on worse.workflow is not distinct from stakes.workflow and worse.what = stakes.what
left join carrying on worse.workflow is not distinct from carrying.workflow and worse.what = carrying.what
