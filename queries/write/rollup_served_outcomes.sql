-- Refresh 14d: which runs serve the touched outcomes.
-- grain: one row per run and outcome (kind and id)
-- Who names an id without a kind means every kind that anybody named with it; where nobody named one, the kind is unknown.
-- finished_at: the last news of the run; the run with the latest finished the outcome (is_finisher), and the id (is_last_of_id).
-- is_first_kind: the one of a run's outcomes of this id that takes money which names the id.
create or replace temp table served_outcomes as
with mentions as materialized (
    select distinct
        mentions.run_id,
        mentions.outcome,
        mentions.outcome_id
    from facts.outcome_mentions as mentions
    semi join touched_outcomes on mentions.outcome_id = touched_outcomes.outcome_id
),

kinds as (
    select distinct
        outcome_id,
        outcome
    from mentions
    where outcome is not null
),

news as (
    select
        totals.run_id,
        greatest(totals.last_step_at, totals.said_ended_at) as finished_at
    from rollup.step_totals as totals
    semi join mentions on totals.run_id = mentions.run_id
    where totals.steps > 0
    union all
    select
        run_ends.run_id,
        run_ends.declared_at as finished_at
    from facts.run_ends as run_ends
    semi join mentions on run_ends.run_id = mentions.run_id
),

served as (
    select distinct
        mentions.run_id,
        coalesce(mentions.outcome, kinds.outcome) as outcome,
        mentions.outcome_id,
        finished.finished_at
    from mentions
    inner join (
        select
            run_id,
            max(finished_at) as finished_at
        from news
        group by run_id
    ) as finished on mentions.run_id = finished.run_id
    -- As one equality: a condition of the left side alone makes DuckDB compare every pair of rows.
    left join kinds on case when mentions.outcome is null then mentions.outcome_id end = kinds.outcome_id
)

select
    *,
    row_number() over (
        partition by outcome_id, outcome
        order by finished_at desc, run_id desc
    ) = 1 as is_finisher,
    rank() over (
        partition by outcome_id
        order by finished_at desc, run_id desc
    ) = 1 as is_last_of_id,
    row_number() over (
        partition by run_id, outcome_id
        order by outcome
    ) = 1 as is_first_kind
from served
