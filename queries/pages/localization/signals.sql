-- What speaks for which step of a bad run, with the values themselves.
-- grain: one row per step, signal and piece of evidence
-- param run_id varchar default null: one run
select *
from facts.signals
where ($run_id::varchar is null or run_id = $run_id::varchar)
order by run_id, step_place, signal, evidence
