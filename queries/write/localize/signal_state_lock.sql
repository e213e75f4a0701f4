-- S6: a write failed after an own write on the same entity had gone well: the earlier one may have closed the door.
-- grain: one row per earlier write
insert into localized_signals by name
select distinct
    earlier.run_id,
    earlier.k,
    'state_lock' as signal,
    earlier.name || ' went well on ' || touches.entity || ', and ' || failed.name || ' on it failed afterwards: '
    || left(coalesce(failed.error_text, ''), 120) as evidence,
    [earlier.k, failed.k] as evidence_ks
from localized_calls as failed
inner join localized_touches as touches
    on failed.run_id = touches.run_id and failed.k = touches.k and touches.side = 'in'
inner join localized_touches as before
    on touches.run_id = before.run_id and touches.entity = before.entity and before.side = 'in' and failed.k > before.k
inner join localized_calls as earlier
    on before.run_id = earlier.run_id and before.k = earlier.k and earlier.is_write and not earlier.is_error
where failed.is_write and failed.is_error and not failed.is_recovered
