-- What was checked after the run, the latest first; the latest is the one that counts.
-- grain: one row per check of the run
-- param run_id varchar default null: the run
select
    verified,
    outcome,
    outcome_id,
    checked_by,
    method,
    checked_at,
    time_basis,
    evidence,
    value_usd,
    diff,
    attributes,
    ingested_at,
    row_number() over (order by said_order desc) = 1 as is_latest
from facts.checks_of($run_id::varchar)
order by said_order desc
