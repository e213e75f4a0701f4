-- S1 among agents that talk: a message reports an error; what was said or done before it by another agent caused it.
-- grain: one row per step before a reported error
insert into localized_signals by name
with spoken as (
    select
        steps.run_id,
        steps.k,
        steps.agent,
        steps.output,
        regexp_matches(
            steps.output,
            '(?i)(traceback \(most recent call last\)|exitcode: [1-9]|execution failed|\b\w*(error|exception): )'
        ) as is_error,
        lag(steps.k) over in_order as before_k,
        lag(steps.agent) over in_order as before_agent
    from localized_steps as steps
    where steps.is_candidate and steps.kind in ('message', 'model_call', 'other')
    window in_order as (partition by steps.run_id order by steps.k)
),

reported as (
    select
        *,
        row_number() over (partition by run_id order by k) as place
    from spoken
    where is_error and before_k is not null and before_agent is distinct from agent
)

select
    run_id,
    before_k as k,
    case when place = 1 then 'caused_first_error' else 'caused_error' end as signal,
    coalesce(agent, 'the next step') || ' answers with an error: '
    || left(regexp_extract(output, '(?i)[^\n]*(error|exception|exitcode)[^\n]*'), 160) as evidence,
    [before_k, k] as evidence_ks
from reported
