-- The keys of all calls of models in the ledger from a day on: what a new price version resolves.
-- grain: one row per provider, model, service tier and day
select distinct
    provider,
    coalesce(response_model, request_model) as model,
    service_tier,
    started_at::date as day
from ledger.steps
where
    kind in ('model_call', 'retrieval')
    and coalesce(response_model, request_model) is not null
    and started_at >= $since_day::date
