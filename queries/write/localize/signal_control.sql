-- S10: what rules and people had said: approvals refused, expired, given to oneself or for something else; validators that
-- failed; limits that were passed.
-- grain: one row per step and signal
insert into localized_signals by name
select
    run_id,
    k,
    'write_against_refusal' as signal,
    name || ' was carried out although its approval was ' || decision as evidence,
    [approval_k, k] as evidence_ks
from localized_controls
where decision in ('denied', 'expired', 'requested') and not is_error
union all
select
    run_id,
    k,
    'stale_approval' as signal,
    name || ' was carried out at ' || started_at || ', its approval held until ' || expires_at as evidence,
    [approval_k, k] as evidence_ks
from localized_controls
where decision in ('granted', 'auto') and expires_at < started_at
union all
select
    controls.run_id,
    controls.k,
    'approved_something_else' as signal,
    controls.name || ' was given ' || string_agg(given.found, ', ' order by given.found)
    || ', and was approved for ' || left(any_value(controls.approved_input), 200) as evidence,
    [any_value(controls.approval_k), controls.k] as evidence_ks
from localized_controls as controls
inner join localized_values as given
    on controls.run_id = given.run_id and controls.k = given.k and given.side = 'in'
where controls.decision in ('granted', 'auto') and controls.approved_input is not null
    and controls.approved_input <> '{}' and not contains(lower(controls.approved_input), given.found)
    and contains(controls.approved_input, split_part(coalesce(given.path, ''), '.', -1))
group by controls.run_id, controls.k, controls.name
union all
select
    run_id,
    k,
    'self_approved' as signal,
    name || ' was requested and approved by ' || (details ->> '$.by') as evidence,
    [k] as evidence_ks
from localized_steps
where kind = 'approval' and (details ->> '$.decision') = 'granted'
    and (details ->> '$.by') = (details ->> '$.requested_by')
union all
select
    run_id,
    k,
    'limit_passed' as signal,
    name
    || ' was '
    || (details ->> '$.observed')
    || ' where '
    || (details ->> '$.max')
    || ' is the most, and the decision was '
    || coalesce(details ->> '$.decision', 'unknown') as evidence,
    [k] as evidence_ks
from localized_steps
where kind = 'ceiling' and coalesce(details ->> '$.decision', '') <> 'stop'
    and try_cast(details ->> '$.observed' as double) > try_cast(details ->> '$.max' as double)
union all
select
    run_id,
    k,
    'failed_validator' as signal,
    name || ' said ' || (details ->> '$.result') || coalesce(': ' || (details ->> '$.reason'), '') as evidence,
    [k] as evidence_ks
from localized_steps
where kind = 'validator' and (details ->> '$.result') = 'fail'
union all
select
    writes.run_id,
    min(writes.k) as k,
    'write_after_failed_validator' as signal,
    'was carried out after ' || any_value(checks.name) || ' had failed' as evidence,
    [checks.k, min(writes.k)] as evidence_ks
from localized_steps as checks
inner join localized_calls as writes
    on checks.run_id = writes.run_id and checks.k < writes.k and writes.is_write and not writes.is_error
where checks.kind = 'validator' and (checks.details ->> '$.result') = 'fail'
group by writes.run_id, checks.k
union all
select
    diffs.run_id,
    min(controls.k) as k,
    'write_without_approval_step' as signal,
    any_value(controls.name) || ' has no approval of its own, and ' || any_value(diffs.entity) || ' was found broken'
        as evidence,
    [min(controls.k)] as evidence_ks
from localized_diffs as diffs
inner join localized_controls as controls on diffs.run_id = controls.run_id and controls.approval_k is null
where diffs.kind = 'policy' and not controls.is_error
group by diffs.run_id
