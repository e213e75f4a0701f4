-- The runs behind an amount of waste, the largest first, with the steps that say so.
-- grain: one row per run and kind
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param waste varchar default null: one kind: loop, repeat, retry, lost, resent, ceiling; default all
-- param top bigint default 20: how many
select
    *,
    count(*) over () as total_rows
from marts.wasteful_runs($from, $to, $workflow, $env, $team)
where $waste::varchar is null or kind = $waste::varchar
order by coalesce(net_usd, 0) desc, coalesce(amount_usd, 0) desc, started_at desc, run_id asc, kind asc
limit $top::bigint
