-- What runs declared, by the outcomes that they serve: what a system of record is asked about.
-- grain: one row per run and outcome that it serves; outcome_id is null where it names none
-- param workflow varchar default null: one workflow, or '(none)'; default all
-- param outcome varchar default null: one kind of outcome, and those of no kind; default all
-- param from timestamp default null: started at or after, UTC
-- param to timestamp default null: started before, UTC
select
    served.run_id,
    served.outcome,
    case when not served.is_own then served.outcome_id end as outcome_id,
    runs.declared
from facts.run_outcomes as served
inner join facts.runs as runs on served.run_id = runs.run_id
where macros.matches(runs.workflow, $workflow)
    and ($outcome::varchar is null or served.outcome is null or served.outcome = $outcome::varchar)
    and ($from::timestamp is null or runs.started_at >= $from::timestamp)
    and ($to::timestamp is null or runs.started_at < $to::timestamp)
order by served.run_id, outcome_id
