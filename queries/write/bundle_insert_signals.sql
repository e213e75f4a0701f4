-- What a bundle carries of comparisons with other runs, given as a JSON list of objects; once, however often it is imported.
-- grain: one row per step, signal and piece of evidence
insert into localization.carried_signals by name
with given_rows as (
    select
        given ->> '$.run_id' as run_id,
        given ->> '$.step_id' as step_id,
        given ->> '$.signal' as signal,
        given ->> '$.evidence' as evidence,
        $bundle_sha256::varchar as bundle_sha256,
        $carried_at::timestamp as carried_at
    from (select unnest(from_json($rows::varchar, '["json"]')) as given)
)

select *
from given_rows
where not exists (
    select 1
    from localization.carried_signals as present
    where present.run_id = given_rows.run_id and present.step_id = given_rows.step_id
        and present.signal = given_rows.signal and present.evidence = given_rows.evidence
)
