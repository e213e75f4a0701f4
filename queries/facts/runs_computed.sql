-- Every run, worked out from all of the ledger: what facts.runs must equal at any time. Slow on a large store.
-- grain: one row per run that has a step or a final event
select * from facts.runs_since(-1, 9223372036854775807, -1)
