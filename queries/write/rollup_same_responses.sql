-- Refresh 11e: model calls of a run with one response id are one call, wherever they stand.
-- grain: one row per call that another one counts
insert into twin_links
with open_calls as (
    select calls.*
    from touched_calls as calls
    anti join twin_links as links on calls.run_id = links.run_id and calls.step_id = links.step_id
    where calls.kind = 'model_call' and calls.response_id is not null
)

select
    run_id,
    step_id,
    first_value(step_id) over same_response as target_id
from open_calls
window same_response as (partition by run_id, response_id order by preference)
qualify row_number() over same_response > 1
