-- Refresh 11d: of calls nested in each other, which one counts.
-- grain: one row per call that another one counts; target_id is null where a wrapper adds up several calls
-- Of model calls the inner one counts, unless it only reports on the outer one. Of tool calls of one name the outer one
-- counts: it has the arguments, the inner ones are the protocol's (MCP client, MCP server). A span over several log records
-- of calls with usage of their own adds them up: then the records count (a span that holds a whole loop of calls and says
-- what the last one used).
create or replace temp table twin_links as
with judged as (
    select
        *,
        is_report and coalesce(
            min(usage) filter (where is_report) over around < max(usage) filter (where is_report) over around, false
        ) as is_one_of_several
    from nested_calls
    window around as (partition by run_id, outer_id)
)

select
    run_id,
    inner_id as step_id,
    outer_id as target_id
from judged
where kind = 'tool_call' or (is_report and not (is_one_of_several and usage is not null))
union all
select
    run_id,
    outer_id as step_id,
    case when count(*) = 1 then min(inner_id) end as target_id
from judged
where kind = 'model_call' and (not is_report or (is_one_of_several and usage is not null))
group by run_id, outer_id
