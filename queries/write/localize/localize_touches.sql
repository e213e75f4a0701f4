-- Localize 8: which calls name an entity whose state was found wrong: in their arguments, or (side out) as the first of the
-- run to give it back: they made it.
-- grain: one row per call, entity and side
create or replace temp table localized_touches as
with named as (
    select distinct
        entities.run_id,
        call_values.k,
        entities.entity,
        call_values.side
    from localized_entities as entities
    inner join localized_values as call_values
        on entities.run_id = call_values.run_id and call_values.side in ('in', 'out')
        and (
            entities.entity_text = call_values.found
            or (call_values.is_identity or length(call_values.found) >= 6 and not contains(call_values.found, ' '))
            and contains(entities.entity_text, call_values.found)
            or length(entities.entity_text) >= 4 and regexp_matches(entities.entity_text, '[0-9]')
            and length(call_values.found) < 200 and contains(call_values.found, entities.entity_text)
        )
)

select *
from named
qualify side = 'in' or k = min(k) over (partition by run_id, entity)
