-- marts.restated_runs: which runs moved a closed week's figures after it was closed, by how much, and why.
-- grain: one row per run, figure and reason whose part of the figure is another now; null: of every closed week
-- A run that is now in another week, workflow, environment or team has a row where it was and one where it is (late_runs).
-- Of every other run a figure moved for one reason, that of what changed; its cost for two: model calls, and all else.
-- 'definition': nothing came and no price changed, so it is the SQL that counts otherwise now.
create or replace macro marts.restated_runs(wanted_week_start) as table
with paired as (
    select
        coalesce(after.week_start, before.week_start) as week_start,
        coalesce(after.run_id, before.run_id) as run_id,
        coalesce(after.workflow, before.workflow) as workflow,
        coalesce(after.env, before.env) as env,
        coalesce(after.team, before.team) as team,
        before.status_shown as status_before,
        after.status_shown as status_after,
        before.parts as parts_before,
        after.parts as parts_after,
        before.run_id is null or after.run_id is null as is_alone,
        after.has_arrived,
        after.is_repriced,
        (before.is_priced is distinct from after.is_priced) as is_priced_otherwise,
        (before.is_completion is distinct from after.is_completion) as is_completion_otherwise,
        (before.verified is distinct from after.verified) as is_checked_otherwise,
        after.verified = 'reversed' as is_reversed,
        (before.declared is distinct from after.declared) as is_declared_otherwise,
        (before.usage is distinct from after.usage) as is_used_otherwise,
        before.tool_calls <> after.tool_calls as has_other_tool_calls,
        before.tool_usd <> after.tool_usd as has_other_tool_usd,
        before.said_usd <> after.said_usd as has_other_said_usd
    from (select * from marts.restated_states(wanted_week_start)
where not is_now) as before
    full outer join (select * from marts.restated_states(wanted_week_start)
where is_now) as after
        on before.run_id = after.run_id
        and before.week_start = after.week_start
        and before.workflow is not distinct from after.workflow
        and before.env is not distinct from after.env
        and before.team is not distinct from after.team
    where before.parts is distinct from after.parts
),

reasoned as (
    select
        *,
        case
            when is_alone then 'late_runs'
            when is_checked_otherwise and is_reversed then 'reversals'
            when is_checked_otherwise then 'late_checks'
            when is_declared_otherwise then 'late_ends'
            when has_arrived then 'late_steps'
            else 'definition'
        end as result_reason,
        case when is_alone then 'late_runs' when has_arrived then 'late_steps' else 'definition' end as steps_reason,
        case
            when is_alone then 'late_runs'
            when is_used_otherwise and has_arrived then 'late_steps'
            when is_repriced then 'repricing'
            when has_arrived then 'late_steps'
            else 'definition'
        end as model_reason,
        case
            when is_alone then 'late_runs'
            when has_arrived and has_other_said_usd then 'late_costs'
            when has_arrived and has_other_tool_calls then 'late_steps'
            when is_repriced then 'repricing'
            when has_arrived and has_other_tool_usd then 'late_costs'
            when is_declared_otherwise then 'late_ends'
            when has_arrived then 'late_costs'
            else 'definition'
        end as other_reason
    from paired
),

parts as (
    select
        reasoned.*,
        figures.figure,
        case
            when figures.moved_by = 'result' then result_reason
            when figures.moved_by = 'steps' then steps_reason
            when figures.moved_by = 'completion' and is_completion_otherwise then result_reason
            when figures.moved_by = 'priced_other' and not is_priced_otherwise then other_reason
            when figures.moved_by = 'other' then other_reason
            else model_reason
        end as reason,
        coalesce(parts_before[figures.place], 0) as was,
        coalesce(parts_after[figures.place], 0) as is_now
    from reasoned
    cross join (
        values
        (1, 'runs', 'steps'), (2, 'closed', 'result'), (3, 'checked', 'result'),
        (4, 'completions_verified', 'result'), (5, 'completions_declared', 'result'),
        (6, 'silent_failures', 'result'), (7, 'escalated', 'result'), (8, 'tool_calls', 'steps'),
        (9, 'priced', 'model'), (10, 'unpriced_calls', 'model'), (11, 'usage_missing_calls', 'model'),
        (12, 'unpriced_costs', 'other'), (13, 'cost_usd', 'model'), (14, 'cost_usd', 'other'),
        (15, 'priced_cost_usd', 'model'), (16, 'priced_cost_usd', 'priced_other'),
        (17, 'priced_completions', 'completion')
    ) as figures (place, figure, moved_by)
)

select
    week_start,
    workflow,
    env,
    team,
    run_id,
    status_before,
    status_after,
    figure,
    reason,
    sum(was) as part_before,
    sum(is_now) as part_after,
    sum(is_now) - sum(was) as difference
from parts
where was <> is_now
group by all
