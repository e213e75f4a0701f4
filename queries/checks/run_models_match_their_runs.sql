-- Money is counted once: what models cost a run, and the tokens they took, are the sums of facts.run_models.
-- grain: one row per run whose models' cost, tokens or unpriced calls differ, or whose cost is not the sum of its parts
-- Runs that wait for their analyses are left out.
with summed as (
    select
        run_id,
        sum(cost_usd) as cost_usd,
        sum(input_cost_usd) as input_cost_usd,
        sum(cache_read_cost_usd) as cache_read_cost_usd,
        sum(cache_write_cost_usd) as cache_write_cost_usd,
        sum(output_cost_usd) as output_cost_usd,
        sum(other_cost_usd) as other_cost_usd,
        sum(input_tokens) as input_tokens,
        sum(output_tokens) as output_tokens,
        sum(unpriced_calls) as unpriced_calls,
        sum(usage_missing_calls) as usage_missing_calls
    from facts.run_models
    group by run_id
)

select
    runs.run_id,
    runs.cost_usd,
    runs.other_cost_usd,
    summed.cost_usd as models_cost_usd,
    runs.input_tokens,
    summed.input_tokens as models_input_tokens
from facts.runs as runs
left join summed on runs.run_id = summed.run_id
anti join facts.waiting_runs as waiting on runs.run_id = waiting.run_id
where
    coalesce(runs.cost_usd, 0) <> coalesce(summed.cost_usd, 0) + coalesce(runs.other_cost_usd, 0)
    or coalesce(summed.cost_usd, 0) <> coalesce(
        summed.input_cost_usd + summed.cache_read_cost_usd + summed.cache_write_cost_usd + summed.output_cost_usd
        + summed.other_cost_usd, 0
    )
    or (runs.input_tokens is not null and runs.input_tokens <> coalesce(summed.input_tokens, 0))
    or (runs.output_tokens is not null and runs.output_tokens <> coalesce(summed.output_tokens, 0))
    or runs.unpriced_calls <> coalesce(summed.unpriced_calls, 0)
    or runs.usage_missing_calls <> coalesce(summed.usage_missing_calls, 0)
