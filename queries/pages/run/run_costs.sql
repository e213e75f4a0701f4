-- Money of the run that no step carries, in the order of time.
-- grain: one row per cost event of the run
-- param run_id varchar default null: the run
-- cost_status: reported (an amount was said), priced (a person's minutes at hourly_rate_usd), unpriced (minutes without a rate).
select
    kind,
    amount_usd,
    minutes,
    hourly_rate_usd,
    cost_status,
    note,
    outcome_id,
    occurred_at,
    time_basis,
    attributes
from facts.costs
where run_id = $run_id::varchar
order by occurred_at, content_hash
