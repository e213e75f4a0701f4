-- Localize 0: the runs of this portion that ended: whether they are known to be bad, and by what.
-- grain: one row per run
-- A check decides where there is one. Without: what the run declared (an end with an error declares failure), or a ceiling that
-- stopped it. Nothing else makes a run bad: for all others there are suspicions.
-- is_short: comparing each step with those before it takes minutes in runs of tens of thousands of steps, while readers wait:
-- of longer runs only is known that they are bad, not by which step ('cannot tell').
create or replace temp table localized_runs as
select
    runs.run_id,
    runs.workflow,
    runs.env,
    runs.verified,
    runs.steps <= 5000 as is_short,
    case
        when runs.verified in ('failure', 'reversed') then 'verified ' || runs.verified
        when runs.verified is not null then null
        when runs.declared = 'failure' then 'declared failure'
        when stopped.run_id is not null then 'stopped by a ceiling'
    end as bad_by
from rollup.runs as runs
semi join analysed_runs on runs.run_id = analysed_runs.run_id
left join (
    select distinct run_id
    from analysed_steps
    where kind = 'ceiling' and (details ->> '$.decision') = 'stop'
) as stopped on runs.run_id = stopped.run_id
