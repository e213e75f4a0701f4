-- Models of whose calls some have tokens and no computed cost, and why: what to enter in a table of one's own.
-- grain: one row per provider, model, service tier and reason
-- param since timestamp default null: calls from this moment on; null: all
-- reported_calls: those of them whose senders said a cost, which then stands in.
select
    provider,
    model,
    service_tier,
    case
        when model is null then 'the calls name no model'
        when note is not null and source is null then note
        when source is null then 'not looked up yet; tachograph reprice does it'
        else 'tokens of a kind that the price has nothing for, or counts that contradict each other'
    end as reason,
    count(*) as calls,
    count(reported_cost_usd) as reported_calls,
    try_cast(sum(input_tokens) as bigint) as input_tokens,
    try_cast(sum(output_tokens) as bigint) as output_tokens,
    sum(reported_cost_usd) as reported_usd,
    min(started_at) as first_at,
    max(started_at) as last_at
from facts.model_call_costs_as_of(null, coalesce($since::timestamp, '0001-01-01'::timestamp))
where computed_cost_usd is null and coalesce(input_tokens, output_tokens) is not null
group by provider, model, service_tier, reason
order by calls desc, provider, model, service_tier, reason
