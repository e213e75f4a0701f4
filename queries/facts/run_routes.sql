-- Which models served each run, and whether it went from a cheaper to a dearer one.
-- grain: one row per run with a model call that names its model
-- entry_model: the model of its first call. route: all of them by name, joined by ' + '. Failed calls are left out of both,
-- unless there are no others. Cheap and dear by the unit prices of the day, three parts input and one part output, never by
-- name: model_escalations counts calls to a dearer model than that of the agent's call before; escalated_calls and
-- escalated_cost_usd are all calls on a dearer model than the cheapest that the agent had used before; escalated_step_id is
-- the first of them. Calls whose price nobody knows (unknown_price_calls) are compared with none.
select * exclude (run_key)
from rollup.run_routes
