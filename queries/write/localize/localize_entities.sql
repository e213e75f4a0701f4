-- Localize 7: the entities whose state was found wrong, and in which way.
-- grain: one row per run, entity and state
create or replace temp table localized_entities as
select
    run_id,
    entity,
    state,
    min(entity_text) as entity_text,
    list(coalesce(field, '?') || ': expected ' || coalesce(left(expected::varchar, 120), 'nobody knows')
        || ', is ' || coalesce(left(actual::varchar, 120), 'nobody knows') order by place) as assertions
from localized_diffs
where kind = 'state' and entity is not null
group by run_id, entity, state
