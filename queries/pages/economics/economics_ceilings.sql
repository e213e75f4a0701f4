-- The runs of a period that breached a ceiling, the dearest first, at most page_size.
-- grain: one row per run, limit and who set it
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param page_size bigint default 50: most rows
select *
from marts.ceilings
where ($from::timestamp is null or started_at >= $from::timestamp)
    and ($to::timestamp is null or started_at < $to::timestamp)
    and macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
order by cost_usd desc nulls last, run_id, "limit", decision
limit $page_size::bigint
