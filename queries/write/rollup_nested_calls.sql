-- Refresh 11b: of calls nested in each other, directly or through plumbing and other spans, which one counts.
-- grain: one row per call that another one counts; target_id is null where a wrapper adds up several calls
-- Of model calls the inner one counts, unless it is a log record of the outer one or the model server's own span. Of tool calls
-- of one name the outer one counts: it has the arguments, the inner ones are the protocol's (MCP client, MCP server).
-- A call below a tool or an agent is one of its own.
create or replace temp table twin_links as
with recursive passed as (
    select
        run_id,
        step_id,
        parent_step_id
    from touched_steps
    where kind in ('plumbing', 'other') and parent_step_id is not null
),

climbs as (
    select
        run_id,
        step_id,
        parent_step_id as at_id
    from touched_calls
    where parent_step_id is not null
    union
    select
        climbs.run_id,
        climbs.step_id,
        passed.parent_step_id as at_id
    from climbs
    inner join passed on climbs.run_id = passed.run_id and climbs.at_id = passed.step_id
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
