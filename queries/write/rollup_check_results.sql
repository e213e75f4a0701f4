-- Refresh 14e: what was checked of the touched runs and outcomes: the latest check of each.
-- grain: one row per run that was checked (outcome_id is null), and one per outcome
-- A run's checks are those that name it, and those that name no run but an outcome that it serves. An outcome's are those
-- that name it, and those that name no outcome but the run that finished it. A check of an unknown run counts for its outcome.
-- value_usd: the last that anybody said. resolved_at: the first success since the last check that found none.
create or replace temp table check_results as
with of_outcomes as (
    select
        checks.*,
        known.run_id is null as is_of_no_run
    from facts.verifications as checks
    semi join touched_outcomes on checks.outcome_id = touched_outcomes.outcome_id
    left join (
        select distinct
            run_id,
            outcome_id
        from served_outcomes
    ) as known on checks.run_id = known.run_id and checks.outcome_id = known.outcome_id
),

told as (
    select
        checks.run_id as of_run,
        null as of_outcome,
        null as of_outcome_id,
        checks.* exclude (run_id)
    from facts.verifications as checks
    semi join touched_runs on checks.run_id = touched_runs.run_id
    union all by name
    select distinct
        served.run_id as of_run,
        null as of_outcome,
        null as of_outcome_id,
        checks.* exclude (run_id, is_of_no_run)
    from of_outcomes as checks
    inner join served_outcomes as served
        on checks.outcome_id = served.outcome_id and coalesce(checks.outcome = served.outcome, true)
    semi join touched_runs on served.run_id = touched_runs.run_id
    where checks.is_of_no_run
    union all by name
    select
        null as of_run,
        served.outcome as of_outcome,
        served.outcome_id as of_outcome_id,
        checks.* exclude (run_id, is_of_no_run)
    from of_outcomes as checks
    inner join served_outcomes as served
        on checks.outcome_id = served.outcome_id and coalesce(checks.outcome = served.outcome, true)
    where served.is_finisher
    union all by name
    select
        null as of_run,
        served.outcome as of_outcome,
        served.outcome_id as of_outcome_id,
        checks.* exclude (run_id)
    from facts.verifications as checks
    inner join served_outcomes as served on checks.run_id = served.run_id
    where served.is_finisher and checks.outcome_id is null
),

ordered as (
    select
        *,
        max(said_order) filter (where verified <> 'success')
            over (partition by of_run, of_outcome, of_outcome_id) as last_refuted
    from told
)

select
    of_run as run_id,
    of_outcome as outcome,
    of_outcome_id as outcome_id,
    arg_max(verified, said_order) as verified,
    arg_max_null(outcome, said_order) as said_outcome,
    arg_max_null(outcome_id, said_order) as said_outcome_id,
    arg_max_null(checked_by, said_order) as checked_by,
    arg_max_null(method, said_order) as method,
    max(checked_at) as checked_at,
    arg_max(value_usd, said_order) filter (where value_usd is not null) as value_usd,
    min(checked_at) filter (where last_refuted is null or said_order > last_refuted) as resolved_at,
    max(batch_id) as batch_id
from ordered
group by of_run, of_outcome, of_outcome_id
