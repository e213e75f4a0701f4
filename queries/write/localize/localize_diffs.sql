-- Localize 5: what the latest check found wrong: expected, actual and before.
-- grain: one row per failed assertion
-- state: missing (what should have changed did not), unexpected (what should have stayed changed), wrong (changed to
-- something else), unknown (nobody knows what was before). kind: state of an entity, or a rule (policy), or the answer.
create or replace temp table localized_diffs as
with latest as (
    select
        verifications.run_id,
        arg_max(verifications.diff, verifications.said_order) as diff
    from facts.verifications as verifications
    semi join localized_runs on verifications.run_id = localized_runs.run_id
    where verifications.run_id is not null and verifications.verified <> 'success'
    group by verifications.run_id
),

rows_of as (
    select
        latest.run_id,
        failed.key::bigint as place,
        failed.value as row_json
    from latest, json_each(case when json_valid(latest.diff) then latest.diff end) as failed
),

named as (
    select
        run_id,
        place,
        row_json ->> '$.entity' as entity,
        row_json ->> '$.field' as field,
        row_json -> '$.expected' as expected,
        row_json -> '$.actual' as actual,
        row_json -> '$.before' as before
    from rows_of
)

select
    named.*,
    lower(named.entity) as entity_text,
    coalesce(assertions.kind, 'state') as kind,
    case
        when named.before is not null and named.actual is not null
            then case
                when named.actual::varchar = named.before::varchar then 'missing'
                when named.expected::varchar = named.before::varchar then 'unexpected'
                else 'wrong'
            end
        when json_type(named.expected) = 'NULL' then 'unexpected'
        when json_type(named.actual) = 'NULL' then 'missing'
        else 'unknown'
    end as state
from named
left join localization.assertions as assertions on lower(named.entity) = assertions.entity
