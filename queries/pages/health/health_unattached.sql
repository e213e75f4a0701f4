-- Checks and costs that are in no run's figures, the latest first: they name only an outcome, or a run of which nothing came.
-- grain: one row per such record
-- param limit_rows bigint default 50: rows at most
select
    record,
    run_id,
    outcome_id,
    said_at,
    count(*) over () as total_rows
from marts.unattached
order by said_at desc, record, run_id, outcome_id, batch_id
limit $limit_rows::bigint
