-- Tokens and money are counted once: what a run shows is the sum of its model calls, filled in and priced one by one.
-- grain: one row per run whose tokens or model cost differ from those of its calls
-- The two are worked out in different files. Runs whose calls say no tokens are left out: agents' sums may stand in for them.
select
    runs.run_id,
    runs.input_tokens,
    runs.model_cost_usd,
    calls.input_tokens as calls_input_tokens,
    calls.cost_usd as calls_cost_usd
from facts.runs as runs
inner join (
    select
        run_id,
        try_cast(sum(input_tokens) as bigint) as input_tokens,
        try_cast(sum(output_tokens) as bigint) as output_tokens,
        sum(cost_usd) as cost_usd
    from facts.model_calls
    group by run_id
) as calls on runs.run_id = calls.run_id
where
    calls.input_tokens is not null
    and (
        runs.input_tokens is distinct from calls.input_tokens
        or runs.output_tokens is distinct from calls.output_tokens
        or runs.model_cost_usd is distinct from calls.cost_usd
    )
