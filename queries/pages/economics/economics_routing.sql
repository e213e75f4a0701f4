-- Routing: what runs cost and achieve by the model that they began with and those that they went on to, by workflow.
-- grain: one row per workflow and entry model (is_entry), and one per workflow, entry model and route
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param env varchar default null: one environment, or '(none)'; default all
-- param team varchar default null: one team, or '(none)'; default all
-- Changes are against the entry model that began the most runs of the same workflow (reference_model).
select *
from marts.routes($from, $to, $workflow, $env, $team)
order by workflow asc nulls last, is_reference desc, entry_model asc, is_entry desc, runs desc, route asc
