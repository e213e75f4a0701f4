-- What speaks for a step of one run by comparison with other runs: another store cannot find it again from the run alone.
-- grain: one row per step, signal and piece of evidence
-- param run_id varchar default null: the run
select
    run_id,
    step_id,
    signal,
    evidence
from facts.signals
where run_id = $run_id::varchar and signal = 'inconsistent_read'
order by step_id, evidence
