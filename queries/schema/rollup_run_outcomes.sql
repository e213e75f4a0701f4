-- rollup.run_outcomes: which runs serve which named outcomes, as of the watermark: worked out from the ledger. Safe to empty.
-- grain: one row per run and outcome that it serves; a run that serves none by name has none
-- takes_costs: one per outcome id: the run that money is, which names the id and no run
-- written only by queries/write/rollup_*.sql
create table if not exists rollup.run_outcomes (
    run_id varchar,
    outcome varchar,
    outcome_id varchar,
    finished_at timestamp,
    is_finisher boolean,
    takes_costs boolean,
    allocated_share double,
    allocated_cost_usd decimal(38, 9)
);
