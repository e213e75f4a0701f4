-- marts.finished: the outcomes whose last run started in a period or in the one before it, with all that they cost.
-- grain: one row per outcome of either period; a run that names no outcome is one of its own
-- What unit costs rest on: one finished outcome counts once, however many runs served it, and costs what all of them did.
-- Periods and filters as marts.spend.
create or replace macro marts.finished(started_from, started_to, wanted_workflow, wanted_env, wanted_team) as table
select
    *,
    started_at::date as day,
    started_at >= started_from::timestamp as is_this
from facts.outcomes
where started_at >= macros.previous_start(started_from, started_to)
    and started_at < started_to::timestamp
    and (
        started_at >= started_from::timestamp
        or started_at < macros.previous_start(started_from, started_to)
        + (started_to::timestamp - started_from::timestamp)
    )
    and macros.matches(workflow, wanted_workflow)
    and macros.matches(env, wanted_env)
    and macros.matches(team, wanted_team)
