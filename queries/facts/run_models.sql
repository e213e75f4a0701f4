-- What each run asked of each model, and what it cost, bucket by bucket.
-- grain: one row per run, agent, provider, model, kind of step served, day (UTC), cost_status and price version
-- Worked out by the collector after the run itself (queries/write/analyse_insert_run_models.sql). Per run the sums of tokens,
-- unpriced_calls and usage_missing_calls are those of facts.runs, and the sum of cost_usd is its cost_usd less its
-- other_cost_usd: all that models cost. What the run's totals say and no call carries (a final event's total, sums that only
-- agents told) is in one row without agent, kind and day; its model is null, unless the run used one model alone.
-- input_cost_usd is that of uncached input; the five parts add up to cost_usd exactly. other_cost_usd: what is billed per
-- request or second, and all of a cost that was only reported. *_usd_per_mtok: the unit price where all tokens of the bucket in
-- this row have one; null where they differ (an hour's cache writes beside five minutes', audio beside text) or nobody knows.
-- served_kind: what was done after the call and before the run's next one: tool_call, retrieval, approval, escalation; answer
-- where nothing was.
select
    * exclude (run_key),
    case when cost_status in ('priced', 'reported') then calls else 0 end as priced_calls,
    greatest(
        coalesce(input_tokens, 0) - coalesce(cache_read_tokens, 0) - coalesce(cache_write_tokens, 0), 0
    ) as uncached_input_tokens
from rollup.run_models
