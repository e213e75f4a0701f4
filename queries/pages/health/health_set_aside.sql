-- Runs that could not be worked out, the latest first: what came of them is in the ledger, and in no figure.
-- grain: one row per run, or trace of a run
-- param limit_rows bigint default 50: rows at most
select
    run_id,
    reason,
    set_aside_at,
    count(*) over () as total_rows
from facts.set_aside
order by set_aside_at desc, run_id
limit $limit_rows::bigint
