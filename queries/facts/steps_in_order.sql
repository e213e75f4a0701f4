-- facts.steps_in_order: the steps of one run with their place in it, as people count them.
-- grain: one row per step of the run, as facts.steps_of
-- position: from 1, in the order in which steps began, then of the sender's numbers; the same as step_place of a signal. Null
-- for plumbing and for calls that another step counts. cost_so_far_usd: what the steps that ended by the end of this one cost.
create or replace macro facts.steps_in_order(wanted_run_id) as table
select
    *,
    case
        when is_step
            then row_number() over (
                partition by is_step
                order by started_at asc, step_number asc nulls last, trace_id asc, step_id asc
            )
    end as position,
    sum(cost_usd) over (order by coalesce(ended_at, started_at)) as cost_so_far_usd
from facts.steps_of(wanted_run_id)
