-- S7: a call was given an id, number or date that nobody had said or produced before. Only where the run's texts were
-- captured: most arguments of its calls are known.
-- grain: one row per call and invented value
insert into localized_signals by name
with captured as (
    select run_id
    from localized_known
    group by run_id
    having count(known_k) >= 0.5 * count(*)
),

first_use as (
    select
        run_id,
        found,
        min(k) as k
    from localized_known
    where known_k is null
    group by run_id, found
)

select
    known.run_id,
    known.k,
    case when calls.is_write then 'invented_value_written' else 'invented_value_read' end as signal,
    calls.name || ' was given ' || known.found || ' (' || known.path || '), which nobody had said or produced before'
        as evidence,
    [known.k] as evidence_ks
from localized_known as known
inner join first_use on known.run_id = first_use.run_id and known.found = first_use.found and known.k = first_use.k
inner join localized_calls as calls on known.run_id = calls.run_id and known.k = calls.k
semi join captured on known.run_id = captured.run_id
-- What the check expected, or what it found unchanged, is right, wherever the agent had it from.
anti join (
    select
        run_id,
        found
    from localized_diff_values
    where side = 'expected'
    union
    select
        run_id,
        entity_text as found
    from localized_entities
    where state = 'missing'
) as right_anyway on known.run_id = right_anyway.run_id and known.found = right_anyway.found
-- Dates and times are written anew in the tool's own form.
where known.known_k is null and not regexp_matches(known.found, '^[0-9]{1,4}[-/.:][0-9]{1,2}([-/.:t ].*)?$')
