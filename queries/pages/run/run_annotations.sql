-- What people said about steps of the run, in the order of time.
-- grain: one row per annotation of the run
-- param run_id varchar default null: the run
select
    step_id,
    label,
    annotated_by,
    note,
    annotated_at,
    time_basis,
    attributes
from facts.annotations
where run_id = $run_id::varchar
order by annotated_at, step_id
