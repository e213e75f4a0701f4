-- Every step of bad runs that a signal speaks for, with its score, the highest first.
-- grain: one row per step
-- param run_id varchar default null: one run
select
    run_id,
    step_id,
    step_place,
    kind,
    name,
    agent,
    score,
    share,
    class,
    evidence
from marts.step_scores
where ($run_id::varchar is null or run_id = $run_id::varchar)
order by run_id, score desc, step_place
