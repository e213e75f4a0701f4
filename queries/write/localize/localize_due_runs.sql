-- Localize 13: the runs in which no write brought an entity into the expected state, and whether one had tried to.
-- grain: one row per run
create or replace temp table localized_due_runs as
select
    entities.run_id,
    string_agg(distinct entities.entity, ', ' order by entities.entity) as entities,
    bool_or(attempts.k is null) as is_untouched
from localized_entities as entities
left join localized_attempts as attempts
    on entities.run_id = attempts.run_id and entities.entity = attempts.entity and entities.state = attempts.state
where entities.state in ('missing', 'unknown', 'wrong')
    and not exists (
        select 1
        from localized_attempts as done
        where done.run_id = entities.run_id and done.entity = entities.entity and done.state = entities.state
            and (done.expected_values > 0 or not done.is_by_argument) and not done.is_error
    )
group by entities.run_id
