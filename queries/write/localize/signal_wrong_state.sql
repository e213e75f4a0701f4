-- S2 and S4: writes on an entity whose state was found wrong: the last that went well, the first where nothing should have
-- changed, and one that was answered with success although nothing changed.
-- grain: one row per write, entity and way in which it is wrong
insert into localized_signals by name
with writes as (
    select
        *,
        max(k) filter (where not is_error) over whole as last_k,
        min(k) filter (where not is_error) over whole as first_k,
        count(*) filter (where not is_error) over whole as ok_writes
    from localized_attempts
    window whole as (partition by run_id, entity, state)
)

select
    run_id,
    k,
    case
        when is_error and (expected_values > 0 or not is_by_argument) then 'failed_write_as_expected'
        when is_error then 'failed_write_on_wrong_entity'
        when state = 'missing' and (expected_values > 0 or not is_by_argument) then 'write_without_effect'
        when state = 'missing' then 'other_write_on_unchanged'
        when state = 'unexpected' and (actual_values > 0 or ok_writes = 1) then 'unexpected_write'
        when state = 'unexpected' and k = first_k then 'first_write_on_unexpected'
        when state = 'unexpected' then 'later_write_on_unexpected'
        when actual_values > 0 then 'writer_of_wrong_value'
        when k = last_k then 'last_writer_of_wrong_state'
        else 'earlier_writer_of_wrong_state'
    end as signal,
    name || case
        when is_error then ' failed on ' || entity
        when state = 'missing' then ' was answered with success, and nothing changed on ' || entity
        when state = 'unexpected' then ' changed ' || entity || ', which should not have changed'
        else ' wrote ' || entity
    end || ' (' || array_to_string(assertions[:3], '; ') || ')' as evidence,
    [k] as evidence_ks
from writes
