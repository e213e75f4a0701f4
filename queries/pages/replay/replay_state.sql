-- What a run had used up to a position of Replay, this step included: steps, tokens, money, time.
-- grain: one row
-- param run_id varchar default null: the run
-- param at bigint default 1: the position
-- Of a step below which later ones hang nothing counts yet but that it began. elapsed_ms is to the latest end that is known.
with begun as (
    select
        *,
        last_position <= $at::bigint as came_back
    from facts.replay_steps($run_id::varchar)
    where position <= $at::bigint
)

select
    count(*) as steps,
    count(*) filter (where kind = 'model_call') as model_calls,
    count(*) filter (where kind = 'tool_call') as tool_calls,
    count(*) filter (where kind = 'tool_call' and effect in ('write', 'destructive')) as writes,
    count(*) filter (where status = 'error' and came_back) as errors,
    sum(input_tokens) filter (where kind = 'model_call' and came_back) as input_tokens,
    sum(output_tokens) filter (where kind = 'model_call' and came_back) as output_tokens,
    sum(cost_usd) filter (where came_back) as cost_usd,
    count(*) filter (where kind = 'model_call' and came_back and cost_usd is null) as calls_without_cost,
    date_diff(
        'microsecond',
        min(started_at) filter (where time_basis <> 'ingest'),
        max(case when came_back then coalesce(ended_at, started_at) else started_at end)
            filter (where time_basis <> 'ingest')
    ) * 0.001::double as elapsed_ms
from begun
