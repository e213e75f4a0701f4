-- Silent failures: declared success, checked and found to be none; with what was found and what it cost.
-- grain: one row per outcome; the newest first
-- param from timestamp default null: last run started at or after, UTC; default the first
-- param to timestamp default null: last run started before, UTC; default now
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param limit_rows bigint default 100: how many; total_rows counts all
select
    *,
    count(*) over () as total_rows
from marts.silent_failures
where ($from::timestamp is null or started_at >= $from::timestamp)
    and ($to::timestamp is null or started_at < $to::timestamp)
    and macros.matches(workflow, $workflow)
    and macros.matches(env, $env)
    and macros.matches(team, $team)
order by started_at desc, outcome_id
limit $limit_rows::bigint
