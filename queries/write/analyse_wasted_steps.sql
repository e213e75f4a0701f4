-- Analyse 8: what each step that was in vain cost: the tool calls of wasted_tools, their share of the model calls that asked for
-- them, failed model calls, what came after a run was lost, and context sent again.
-- grain: one row per claim of a kind on a step; offered_usd is null where a kind above claims for the same tool call
create or replace temp table wasted_steps as
with asked as (
    select
        asked_by,
        count(distinct coalesce(call_hash, step_key)) as calls
    from analysed_tools
    where asked_by is not null
    group by asked_by
),

tool_claims as (
    select
        wasted.*,
        tools.cost_usd,
        tools.asked_by,
        row_number() over (partition by wasted.step_key order by wasted.precedence) = 1 as is_first
    from wasted_tools as wasted
    inner join analysed_tools as tools on wasted.step_key = tools.step_key
),

-- Of attempts that one model call asked for as one, only one takes its share.
asking_claims as (
    select
        claims.run_id,
        claims.asked_by as step_key,
        claims.kind,
        claims.precedence,
        macros.money_per(any_value(calls.cost_usd), any_value(asked.calls)) as share_usd,
        count(distinct coalesce(tools.call_hash, tools.step_key)) as claimed,
        count(distinct coalesce(tools.call_hash, tools.step_key)) filter (where claims.is_first) as first_claimed
    from tool_claims as claims
    inner join analysed_tools as tools on claims.step_key = tools.step_key
    inner join asked on claims.asked_by = asked.asked_by
    inner join analysed_calls as calls on claims.asked_by = calls.step_key
    where claims.is_asking_wasted
    group by claims.run_id, claims.asked_by, claims.kind, claims.precedence
),

unrecovered as (
    select
        tools.run_id,
        max(tools.said_order) as said_order,
        max(steps.ended_at) as ended_at
    from analysed_tools as tools
    inner join analysed_steps as steps on tools.step_key = steps.step_key
    anti join analysed_tools as better
        on tools.run_id = better.run_id and tools.name = better.name and tools.said_order < better.said_order
        and better.status <> 'error'
    where tools.status = 'error'
    group by tools.run_id
),

stopped as (
    select
        run_id,
        min(said_order) as said_order,
        min(coalesce(ended_at, started_at)) as ended_at
    from analysed_steps
    where kind = 'ceiling' and is_step and (details ->> '$.decision') = 'stop'
    group by run_id
),

lost as (
    select
        runs.run_id,
        least(unrecovered.said_order, stopped.said_order) as said_order,
        least(unrecovered.ended_at, stopped.ended_at) as ended_at
    from rollup.runs as runs
    semi join analysed_runs on runs.run_id = analysed_runs.run_id
    left join unrecovered on runs.run_id = unrecovered.run_id
    left join stopped on runs.run_id = stopped.run_id
    where runs.declared in ('failure', 'cancelled') and coalesce(runs.verified <> 'success', true)
),

-- `least` passes over a null, a sum does not: without a call before, or where nobody says what was cached, there is none.
sent as (
    select
        *,
        lag(input_tokens) over (
            partition by run_id, agent, model order by started_at, said_order, step_key
        ) - cache_read_tokens as sent_before
    from analysed_calls
)

select
    run_id,
    step_key,
    kind,
    precedence,
    cost_usd as claimed_usd,
    case when is_first then cost_usd end as offered_usd
from tool_claims
union all
select
    run_id,
    step_key,
    kind,
    precedence,
    share_usd * claimed::decimal(18, 0) as claimed_usd,
    share_usd * first_claimed::decimal(18, 0) as offered_usd
from asking_claims
union all
select
    run_id,
    step_key,
    'retry' as kind,
    3 as precedence,
    cost_usd as claimed_usd,
    cost_usd as offered_usd
from (
    select
        *,
        lead(step_key) over (partition by run_id, agent order by started_at, said_order, step_key) as next_step_key
    from analysed_calls
)
where status = 'error' and next_step_key is not null
union all
select
    steps.run_id,
    steps.step_key,
    'lost' as kind,
    4 as precedence,
    steps.cost_usd as claimed_usd,
    steps.cost_usd as offered_usd
from analysed_steps as steps
inner join lost
    on steps.run_id = lost.run_id and steps.said_order > lost.said_order and steps.started_at >= lost.ended_at
where steps.is_step and (steps.kind = 'model_call' or steps.cost_usd is not null)
    and steps.kind not in ('agent', 'workflow')
union all
select
    run_id,
    step_key,
    'resent' as kind,
    5 as precedence,
    macros.bucket_usd(
        least(sent_before, uncached_tokens), unit_price.input - unit_price.cache_read
    )::decimal(38, 9) as claimed_usd,
    claimed_usd as offered_usd
from sent
where
    cost_status = 'priced' and sent_before > 0 and uncached_tokens > 0 and unit_price.input > unit_price.cache_read
