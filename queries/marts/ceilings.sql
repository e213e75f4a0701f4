-- Ceilings that runs breached: those of the settings, against what the run did, and those that agents report themselves.
-- grain: one row per run, limit and who set it
-- decision: configured (tachograph.toml has the ceiling and nothing stopped the run), else what the agent's own step said:
-- allow, warn or stop; of several steps of one limit the hardest decision, then the most observed. A step that lets a run go
-- on below its maximum is no breach. over_share: by how much observed is above max, 0.5 is half as much again; null where max
-- is 0 or unknown. cost_usd: all that the run cost.
select
    breaches."limit",
    breaches.max,
    breaches.observed,
    (breaches.observed - breaches.max) / nullif(breaches.max, 0) as over_share,
    breaches.decision,
    breaches.step_id,
    runs.run_id,
    runs.started_at,
    runs.workflow,
    runs.agent,
    runs.env,
    runs.team,
    runs.status_shown,
    runs.cost_usd,
    runs.is_priced
from (
    select
        run_id,
        name as "limit",
        try_cast(details ->> '$.max' as double) as max,
        try_cast(details ->> '$.observed' as double) as observed,
        details ->> '$.decision' as decision,
        step_id
    from facts.steps
    where kind = 'ceiling' and (
        details ->> '$.decision' in ('warn', 'stop')
        or try_cast(details ->> '$.observed' as double) > try_cast(details ->> '$.max' as double)
    )
    qualify row_number() over (
        partition by run_id, name
        order by list_position(['stop', 'warn', 'allow'], details ->> '$.decision'), observed desc, step_id asc
    ) = 1
    union all
    select
        run_id,
        "limit",
        max,
        observed,
        'configured' as decision,
        null as step_id
    from marts.configured_ceilings
    where observed > max
) as breaches
inner join facts.runs as runs on breaches.run_id = runs.run_id
