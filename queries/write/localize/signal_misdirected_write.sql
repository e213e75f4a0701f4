-- S2 where the entity itself is the wrong value: a write on something else, in a run that left unchanged what was due.
-- grain: one row per write
insert into localized_signals by name
select
    misdirected.run_id,
    misdirected.k,
    case
        when len(misdirected.expected_values) > 0 then 'write_on_wrong_entity'
        else 'write_beside_unchanged'
    end as signal,
    calls.name || ' does not name ' || misdirected.entity || ', which was left unchanged' || case
        when len(misdirected.expected_values) > 0
            then ', and was given what was expected there: ' || array_to_string(misdirected.expected_values, ', ')
        else ''
    end as evidence,
    [misdirected.k] as evidence_ks
from localized_misdirected as misdirected
inner join localized_calls as calls on misdirected.run_id = calls.run_id and misdirected.k = calls.k
