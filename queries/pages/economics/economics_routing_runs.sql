-- The runs behind a route, the dearest first, with the step where they went on to a dearer model.
-- grain: one row per run
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- param entry_model varchar default null: the model that they began with; default any
-- param route varchar default null: all models that served them, as economics_routing says it; default any
-- param top bigint default 20: how many
select
    *,
    count(*) over () as total_rows
from marts.routed_runs($from, $to, $workflow, $env, $team)
where ($entry_model::varchar is null or entry_model = $entry_model::varchar)
    and ($route::varchar is null or route = $route::varchar)
order by cost_usd desc nulls last, started_at desc, run_id asc
limit $top::bigint
