-- All that names an outcome: claims of runs, checks and costs. Naming a run beside it ties the two.
-- grain: one row per claim, check or cost that names an outcome; run_id is null where it names no run, outcome where no kind
select
    run_id,
    outcome,
    outcome_id,
    batch_id
from facts.outcome_claims
where outcome_id is not null
union all
select
    run_id,
    outcome,
    outcome_id,
    batch_id
from facts.verifications
where outcome_id is not null
union all
select
    run_id,
    null as outcome,
    outcome_id,
    batch_id
from facts.cost_events
where outcome_id is not null
