-- Localize 12c: each write with the last approval of its tool before it.
-- grain: one row per write
-- An approval belongs to a tool by its name, or by the step that it names.
create or replace temp table localized_controls as
with approvals as (
    select
        steps.run_id,
        steps.k,
        steps.name,
        steps.details ->> '$.decision' as decision,
        steps.details ->> '$.by' as approved_by,
        steps.details ->> '$.requested_by' as requested_by,
        try_cast(steps.details ->> '$.expires_at' as timestamp) as expires_at,
        steps.details ->> '$.target' as target,
        coalesce(steps.details ->> '$.input', steps.input) as input
    from localized_steps as steps
    where steps.kind = 'approval'
)

select
    calls.run_id,
    calls.k,
    calls.name,
    calls.is_error,
    calls.input,
    steps.started_at,
    approvals.k as approval_k,
    approvals.decision,
    approvals.approved_by,
    approvals.requested_by,
    approvals.expires_at,
    approvals.input as approved_input
from localized_calls as calls
inner join localized_steps as steps on calls.run_id = steps.run_id and calls.k = steps.k
left join approvals
    on calls.run_id = approvals.run_id and calls.k > approvals.k
    and (calls.name = approvals.name or steps.step_id = approvals.target)
where calls.is_write
qualify row_number() over (partition by calls.run_id, calls.k order by approvals.k desc nulls last) = 1
