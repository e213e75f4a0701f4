-- marts.week_movements: what may have become worse in a week against the week before, each with its evidence: silent failures
-- and escalations (score test), cost per completion (log ratio), loops, repeats and retries in USD per run (means).
-- grain: one row per workflow, what moved and against what (week: the one before; four_weeks: those before, together), of which
-- both sides have enough runs to tell
-- What rises slowly shows against four weeks only: shares are held against both.
-- p_adjusted: over all rows, by Benjamini and Hochberg (1995): those with at most 0.10 are false in one of ten. change_low: the
-- lower end of the 95 % interval of the change.
create or replace macro marts.week_movements(last_week_start, wanted_workflow, wanted_env, wanted_team) as table
with board as (
    select *
    from marts.scoreboard(last_week_start::date, wanted_workflow, wanted_env, wanted_team)
    where not is_total
),

waste as (
    select
        *,
        waste_usd::double / runs as mean,
        macros.mean_low(waste_usd::double, waste_squares, runs) as low,
        macros.mean_high(waste_usd::double, waste_squares, runs) as high,
        macros.standard_error(waste_usd::double, waste_squares, runs) as error
    from marts.week_waste(last_week_start, wanted_workflow, wanted_env, wanted_team)
),

earlier as (
    select
        workflow,
        weeks.against,
        sum(silent_failures) as silent_failures,
        sum(checked) as checked,
        sum(escalated) as escalated,
        sum(closed) as closed
    from board
    inner join (
        values (1, 'week'), (4, 'four_weeks')
    ) as weeks (number, against)
        on board.week_start between last_week_start::date - 7 * weeks.number and last_week_start::date - 7
    group by workflow, weeks.against
),

shares as (
    select
        this.workflow,
        earlier.against,
        unnest([
            {
                'what': 'silent_failures',
                'part': this.silent_failures, 'whole': this.checked,
                'part_before': earlier.silent_failures, 'whole_before': earlier.checked
            },
            {
                'what': 'escalations',
                'part': this.escalated, 'whole': this.closed,
                'part_before': earlier.escalated, 'whole_before': earlier.closed
            }
        ], recursive := true)
    from board as this
    inner join earlier on this.workflow is not distinct from earlier.workflow
    where this.week_start = last_week_start::date
),

costs as (
    select
        this.workflow,
        this.cost_per_completion_usd::double as value_now,
        this.cost_per_completion_low as low,
        this.cost_per_completion_high as high,
        before.cost_per_completion_usd::double as value_before,
        before.cost_per_completion_low as low_before,
        before.cost_per_completion_high as high_before
    from board as this
    inner join board as before
        on this.workflow is not distinct from before.workflow and before.week_start = this.week_start - 7
    where this.week_start = last_week_start::date
),

moved as (
    select
        workflow,
        what,
        against,
        macros.share(part_before, whole_before) as value_before,
        macros.share(part, whole) as value_now,
        macros.change_low(
            macros.share(part, whole), macros.wilson_low(part, whole),
            macros.share(part_before, whole_before), macros.wilson_high(part_before, whole_before)
        ) as change_low,
        macros.shares_z(part, whole, part_before, whole_before) as z
    from shares
    union all by name
    select
        workflow,
        'cost_per_completion' as what,
        'week' as against,
        value_before,
        value_now,
        macros.change_low(value_now, low, value_before, high_before) as change_low,
        macros.log_ratio_z(value_now, low, high, value_before, low_before, high_before) as z
    from costs
    union all by name
    select
        this.workflow,
        'waste' as what,
        'week' as against,
        before.mean as value_before,
        this.mean as value_now,
        macros.change_low(this.mean, this.low, before.mean, before.high) as change_low,
        (this.mean - before.mean) / nullif(sqrt(this.error * this.error + before.error * before.error), 0) as z
    from waste as this
    inner join waste as before
        on this.workflow is not distinct from before.workflow and before.week_start = this.week_start - 7
    where this.week_start = last_week_start::date and this.runs >= 20 and before.runs >= 20
),

tested as (
    select
        *,
        macros.two_sided_p(z) as p,
        rank() over (order by macros.two_sided_p(z)) as place,
        count(*) over () as tests
    from moved
    where z is not null
)

select
    workflow,
    what,
    against,
    value_before,
    value_now,
    value_now - value_before as change,
    change_low,
    p,
    least(1.0, min(p * tests / place) over (order by p desc)) as p_adjusted
from tested
