-- Refresh 11b: of calls nested in each other, directly or through plumbing and other spans, which one counts.
-- grain: one row per call that another one counts; target_id is null where a wrapper adds up several calls
-- Of model calls the inner one counts, unless it is a log record of the outer one or the model server's own span. Of tool calls
-- of one name the outer one counts: it has the arguments, the inner ones are the protocol's (MCP client, MCP server).
-- A call below a tool or an agent is one of its own.
create or replace temp table twin_links as
with recursive passed as materialized (
    select
        run_id,
        step_id,
        parent_step_id,
        kind
    from touched_steps
    where kind in ('model_call', 'tool_call', 'plumbing', 'other')
),

climbs as (
    select
        below.run_id,
        below.step_id,
        above.step_id as at_id,
        case when above.kind in ('plumbing', 'other') then above.parent_step_id end as next_id
    from passed as below
    inner join passed as above on below.run_id = above.run_id and below.parent_step_id = above.step_id
    where below.kind in ('model_call', 'tool_call')
    union
    select
        climbs.run_id,
        climbs.step_id,
        above.step_id as at_id,
        case when above.kind in ('plumbing', 'other') then above.parent_step_id end as next_id
    from climbs
    inner join passed as above on climbs.run_id = above.run_id and climbs.next_id = above.step_id
),

nested as (
    select
        inside.run_id,
        inside.kind,
        inside.step_id as inner_id,
        around.step_id as outer_id,
        inside.signal = 'logs' and around.signal <> 'logs'
        or coalesce(inside.span_kind = 'server' and around.span_kind is distinct from 'server', false) as is_report
    from climbs
    inner join touched_calls as inside on climbs.run_id = inside.run_id and climbs.step_id = inside.step_id
    inner join touched_calls as around on climbs.run_id = around.run_id and climbs.at_id = around.step_id
    where
        inside.kind = around.kind
        and (inside.kind = 'model_call' or coalesce(inside.name = around.name, true))
)

select
    run_id,
    inner_id as step_id,
    outer_id as target_id
from nested
where kind = 'tool_call' or is_report
union all
select
    run_id,
    outer_id as step_id,
    case when count(*) = 1 then min(inner_id) end as target_id
from nested
where kind = 'model_call' and not is_report
group by run_id, outer_id
