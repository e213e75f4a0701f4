-- Analyse value_flows: put them in again: of each call that a signal speaks for, where its arguments came from.
-- grain: one row per suspect call, argument and value
insert into rollup.value_flows by name
with suspect as (
    select distinct
        signals.run_id,
        signals.k
    from localized_signals as signals
    inner join localized_runs as runs on signals.run_id = runs.run_id and runs.bad_by is not null
)

select
    known.run_id,
    macros.run_key(known.run_id) as run_key,
    giving.step_id as from_step_id,
    giving.k as from_step_place,
    taking.step_id as to_step_id,
    taking.k as to_step_place,
    known.path as argument,
    known.found as value,
    exists(
        select 1
        from localized_diff_values as expected
        where expected.run_id = known.run_id and expected.side = 'expected' and expected.found = known.found
    ) as is_expected
from localized_known as known
inner join suspect on known.run_id = suspect.run_id and known.k = suspect.k
inner join localized_steps as taking on known.run_id = taking.run_id and known.k = taking.k
left join localized_steps as giving on known.run_id = giving.run_id and known.producer_k = giving.k
