-- facts.checks_of: the checks of one run: those that name it, and those of an outcome that it serves which name no known run.
-- grain: one row per check
create or replace macro facts.checks_of(wanted_run_id) as table
select *
from facts.verifications
where run_id = wanted_run_id
union all
select distinct checks.* replace (wanted_run_id as run_id)
from facts.run_outcomes as served
inner join facts.verifications as checks
    on served.outcome_id = checks.outcome_id and coalesce(served.outcome = checks.outcome, true)
left join facts.runs as known on checks.run_id = known.run_id
where served.run_id = wanted_run_id and not served.is_own and known.run_id is null
