-- Every step, with what its cost rests on.
-- grain: one row per step
-- cost_status: reported (the sender said what it cost), unpriced (a model call with tokens and no cost), usage_missing (a
-- model call with neither), null (no model call, nothing said). is_step is false for plumbing: spans that are no step.
select
    *,
    kind <> 'plumbing' as is_step,
    reported_cost_usd as cost_usd,
    case
        when reported_cost_usd is not null then 'reported'
        when kind <> 'model_call' then null
        when input_tokens is null and output_tokens is null then 'usage_missing'
        else 'unpriced'
    end as cost_status
from staging.steps
