-- Analyse 6: the tool calls of these runs in their order, with the model call that asked for each.
-- grain: one row per counted tool call
-- call_hash: the same tool with the same arguments; null where nobody logged these. result_hash: null too where it failed.
-- asked_by: the agent's last model call before. writes_before, writes_upto: how many writes of the run came before it, and up
-- to and with it, as far as effects are known. place: its number among the tool calls of its agent.
create or replace temp table analysed_tools as
with acts as (
    select
        run_id,
        trace_id,
        step_id,
        step_key,
        said_agent,
        kind,
        name,
        status,
        coalesce(effect in ('write', 'destructive'), false) as is_write,
        started_at,
        said_order,
        cost_usd,
        last_value(case when kind = 'model_call' then step_key end ignore nulls) over (
            partition by run_id, said_agent order by started_at, said_order, step_key
            rows between unbounded preceding and current row
        ) as asked_by
    from analysed_steps
    where is_step and kind in ('model_call', 'tool_call')
),

contents as (
    select
        trace_id,
        step_id,
        -- The hash of a null is a number like any other.
        case when input is not null then hash(macros.trimmed(input)) end as input_hash,
        case when output is not null then hash(macros.trimmed(output)) end as output_hash
    from analysed_contents
)

select
    acts.* exclude (kind),
    case when contents.input_hash is not null then hash(acts.name, contents.input_hash) end as call_hash,
    case when acts.status <> 'error' then contents.output_hash end as result_hash,
    count(*) filter (where acts.is_write) over in_run - acts.is_write::int as writes_before,
    count(*) filter (where acts.is_write) over in_run as writes_upto,
    row_number() over (
        partition by acts.run_id, acts.said_agent order by acts.started_at, acts.said_order, acts.step_key
    ) as place
from acts
left join contents on acts.trace_id = contents.trace_id and acts.step_id = contents.step_id
where acts.kind = 'tool_call'
window in_run as (
    partition by acts.run_id order by acts.started_at, acts.said_order, acts.step_key
    rows between unbounded preceding and current row
)
