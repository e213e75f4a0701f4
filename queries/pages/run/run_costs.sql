-- Money of the run that no step carries, in the order of time. Minutes without an amount have no price yet.
-- grain: one row per cost event of the run
-- param run_id varchar default null: the run
select
    kind,
    amount_usd,
    minutes,
    case when amount_usd is null then 'unpriced' else 'reported' end as cost_status,
    note,
    outcome_id,
    occurred_at,
    time_basis,
    attributes
from facts.costs
where run_id = $run_id::varchar
order by occurred_at, content_hash
