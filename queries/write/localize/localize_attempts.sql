-- Localize 12: which writes touched an entity that was found wrong, and with which of the values in question.
-- grain: one row per write, entity that it names, and way in which that is wrong
-- expected_values, actual_values: how many arguments, other than the entity, the failed assertions expected; found there now
-- although neither expected nor there before. is_by_argument: something expected looks like an argument (an id, a number, a
-- text of several words) and not only like a state that the write brings about by itself.
create or replace temp table localized_attempts as
select
    touches.run_id,
    touches.k,
    touches.entity,
    entities.state,
    entities.assertions,
    calls.name,
    calls.is_error,
    exists(
        select 1
        from localized_diff_values as wanted
        where wanted.run_id = touches.run_id and wanted.entity = touches.entity and wanted.state = entities.state
            and wanted.side = 'expected' and regexp_matches(wanted.found, '[0-9]') and length(wanted.found) >= 3
    ) as is_by_argument,
    count(distinct given.found) filter (where found.side = 'expected') as expected_values,
    count(distinct given.found) filter (where found.side = 'actual') as actual_values
from localized_touches as touches
inner join localized_calls as calls on touches.run_id = calls.run_id and touches.k = calls.k and calls.is_write
inner join localized_entities as entities
    on touches.run_id = entities.run_id and touches.entity = entities.entity
left join localized_values as given
    on touches.run_id = given.run_id and touches.k = given.k and given.side = 'in'
    and entities.entity_text <> given.found and length(given.found) >= 3
left join localized_diff_values as found
    on given.run_id = found.run_id and entities.entity = found.entity and entities.state = found.state
    and given.found = found.found
    and (
        found.side = 'expected'
        or found.side = 'actual' and not exists (
            select 1
            from localized_diff_values as other
            where other.run_id = found.run_id and other.entity = found.entity and other.state = found.state
                and other.found = found.found and other.side in ('expected', 'before')
        )
    )
group by touches.run_id, touches.k, touches.entity, entities.state, entities.assertions, calls.name, calls.is_error
