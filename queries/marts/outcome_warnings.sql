-- What makes the word 'verified' doubtful.
-- grain: one row per workflow and warning
-- always_as_declared: over at least 30 checked outcomes, of which the agent declared some a success and some not, no check ever
-- differed from it: somebody may have mapped the one onto the other. (Where agents declare nothing but success, agreement
-- says nothing, and there is no warning.) With 30 checks an agent that is wrong one time in ten would pass unseen but for
-- one time in 24. checked_by_a_model: method model_judge. checked_by_itself: the agent that ran is named as who checked.
with told as (
    select
        workflow,
        unnest([
            {
                'warning': 'always_as_declared',
                'is_meant': (declared = 'success') = (verified = 'success'),
                'is_counted': declared is not null
            },
            {
                'warning': 'checked_by_a_model',
                'is_meant': coalesce(method = 'model_judge', false),
                'is_counted': true
            },
            {
                'warning': 'checked_by_itself',
                'is_meant': coalesce(checked_by = agent, false),
                'is_counted': true
            }
        ], recursive := true),
        declared,
        checked_at
    from facts.outcomes
    where is_checked
),

counted as (
    select
        workflow,
        warning,
        count(*) as checked,
        count(*) filter (where is_meant) as outcomes,
        count(*) filter (where declared = 'success') as declared_success,
        count(*) filter (where declared <> 'success') as declared_otherwise,
        min(checked_at) as first_checked_at,
        max(checked_at) as last_checked_at
    from told
    where is_counted
    group by workflow, warning
)

select *
from counted
where case
        when warning = 'always_as_declared'
            then outcomes = checked and checked >= 30 and declared_success > 0 and declared_otherwise > 0
        else outcomes > 0
    end
