-- marts.finished_kinds: how the outcomes of a period ended, by kind and workflow: opened, closed, checked, and what is not.
-- grain: one row per outcome kind and workflow that has an outcome in the period
-- verified, failed and reversed add up to checked; not_checked is the rest and neither success nor failure. young: not
-- checked, and their end is less than maturity_days ago: checks are still awaited (right-censored). mature: those whose end
-- is longer ago. Both are null where no maturity is set. valued: verified and of known value. Medians from 20, p95 from 59
-- durations.
create or replace macro marts.finished_kinds(
    moment, started_from, started_to, wanted_workflow, wanted_env, wanted_team
) as table
with outcomes as (
    select
        *,
        finished_at >= macros.utc_now(moment) - to_seconds(maturity_days * 86400) as is_young
    from marts.finished(started_from, started_to, wanted_workflow, wanted_env, wanted_team)
    where is_this
)

select
    outcome,
    workflow,
    count(*) as opened,
    sum(runs)::bigint as runs,
    count(*) filter (where is_closed) as closed,
    count(*) filter (where is_checked) as checked,
    count(*) filter (where is_verified_completion) as verified,
    count(*) filter (where verified = 'failure') as failed,
    count(*) filter (where is_reversed) as reversed,
    count(*) filter (where is_silent_failure) as silent_failures,
    count(*) filter (where not is_checked) as not_checked,
    count(*) filter (where not is_checked and is_declared_completion) as declared_only,
    count(*) filter (where is_escalated) as escalated,
    any_value(maturity_days) as maturity_days,
    case when any_value(maturity_days) is not null then count(*) filter (where not is_checked and is_young) end
        as young,
    case when any_value(maturity_days) is not null then count(*) filter (where not is_young) end as mature,
    count(time_to_resolution_ms) as resolutions,
    case when count(time_to_resolution_ms) >= 20 then quantile_cont(time_to_resolution_ms, 0.5) end
        as time_to_resolution_ms_p50,
    case when count(time_to_resolution_ms) >= 59 then quantile_cont(time_to_resolution_ms, 0.95) end
        as time_to_resolution_ms_p95,
    count(time_to_approval_ms) as approvals,
    case when count(time_to_approval_ms) >= 20 then quantile_cont(time_to_approval_ms, 0.5) end
        as time_to_approval_ms_p50,
    case when count(time_to_approval_ms) >= 59 then quantile_cont(time_to_approval_ms, 0.95) end
        as time_to_approval_ms_p95,
    sum(cost_usd) as cost_usd,
    count(*) filter (where is_priced) as priced,
    macros.money_per(
        sum(cost_usd) filter (where is_priced), count(*) filter (where is_priced and is_verified_completion)
    ) as cost_per_verified_usd,
    count(value_usd) filter (where is_verified_completion) as valued,
    sum(value_usd) filter (where is_verified_completion) as value_usd
from outcomes
group by outcome, workflow
