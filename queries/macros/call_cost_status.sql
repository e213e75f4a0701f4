-- macros.call_cost_status: what the cost of a model call rests on. priced: tokens times unit prices. reported: only what the
-- sender said. unpriced: tokens, and nobody knows what they cost. usage_missing: not even tokens.
-- grain: one varchar per model call
create or replace macro macros.call_cost_status(computed_cost_usd, reported_cost_usd, input_tokens, output_tokens) as
case
    when computed_cost_usd is not null then 'priced'
    when reported_cost_usd is not null then 'reported'
    when input_tokens is null and output_tokens is null then 'usage_missing'
    else 'unpriced'
end
