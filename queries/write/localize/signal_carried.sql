-- What a bundle carried of a comparison with runs that this store does not have. What this store itself found comes first.
-- grain: one row per step, signal and piece of evidence
insert into localized_signals by name
select distinct
    steps.run_id,
    steps.k,
    carried.signal,
    carried.evidence,
    [steps.k] as evidence_ks
from localization.carried_signals as carried
inner join localized_steps as steps on carried.run_id = steps.run_id and carried.step_id = steps.step_id
where not exists (
    select 1
    from localized_signals as own
    where own.run_id = steps.run_id and own.k = steps.k and own.signal = carried.signal
)
