-- Counter-evidence: a write was given values that the failed assertions expected: it did, or tried, the right thing.
-- grain: one row per write
insert into localized_signals by name
select
    calls.run_id,
    calls.k,
    'expected_value' as signal,
    calls.name || ' was given ' || string_agg(distinct given.found, ', ') || ', as expected' as evidence,
    [calls.k] as evidence_ks
from localized_calls as calls
inner join localized_values as given
    on calls.run_id = given.run_id and calls.k = given.k and given.side = 'in' and given.is_identity
inner join (select distinct
run_id,
found
from localized_diff_values
where side = 'expected') as expected
    on given.run_id = expected.run_id and given.found = expected.found
where calls.is_write
group by calls.run_id, calls.k, calls.name
