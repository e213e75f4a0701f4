-- Refresh 11c: which calls are nested in which, directly or through plumbing and other spans.
-- grain: one row per call and the call of its kind around it
-- is_report: the inner one is a log record of the outer one, or the model server's own span. usage: what a log record says
-- was used. A call below a tool or an agent is one of its own.
create or replace temp table nested_calls as
with insides as materialized (
    select
        calls.*,
        climbs.at_hash
    from climbs
    inner join touched_calls as calls on climbs.step_hash = calls.step_hash
)

select
    inside.run_id,
    inside.kind,
    inside.step_id as inner_id,
    around.step_id as outer_id,
    inside.step_hash as inner_hash,
    around.step_hash as outer_hash,
    case
        when inside.signal = 'logs' and inside.input_tokens is not null
            then create_sort_key(inside.input_tokens, 'asc nulls last', inside.output_tokens, 'asc nulls last')
    end as usage,
    inside.signal = 'logs' and around.signal <> 'logs'
    or coalesce(inside.span_kind = 'server' and around.span_kind is distinct from 'server', false) as is_report
from insides as inside
inner join touched_calls as around on inside.at_hash = around.step_hash and inside.kind = around.kind
where inside.kind <> 'tool_call' or coalesce(inside.name = around.name or inside.call_id = around.call_id, true)
