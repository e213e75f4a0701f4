-- S8: where the value came from that ended in a bad write: an invented id, a read that deviates, or the step that first gave it.
-- grain: one row per producing step and value; and one per write that is explained by what came before it
insert into localized_signals by name
with bad_writes as (
    select distinct
        run_id,
        k
    from localized_signals
    where signal in (
        'unrecovered_write_error', 'failed_write_on_wrong_entity', 'failed_write_as_expected', 'wrong_value',
        'unexpected_write', 'writer_of_wrong_value', 'last_writer_of_wrong_state'
    )
),

unexpected_values as (
    select
        given.run_id,
        given.k,
        given.path,
        given.found
    from bad_writes
    inner join localized_values as given
        on bad_writes.run_id = given.run_id and bad_writes.k = given.k and given.side = 'in'
    -- Where nothing that was expected can have been an argument, no argument is known to be wrong.
    semi join (
        select run_id
        from localized_diff_values
        where side = 'expected' and regexp_matches(found, '[0-9]') and length(found) >= 3
        union
        select run_id
        from localized_runs
        where run_id not in (select diffs.run_id from localized_diffs as diffs)
    ) as comparable on given.run_id = comparable.run_id
    where not exists (
        select 1
        from localized_diff_values as expected
        where expected.run_id = given.run_id and expected.side = 'expected' and expected.found = given.found
    )
    and not exists (
        select 1
        from localized_entities as entities
        where entities.run_id = given.run_id and contains(entities.entity_text, given.found)
    )
),

unseen as (
    select distinct expected.run_id
    from localized_diff_values as expected
    where expected.side = 'expected' and length(expected.found) >= 6 and regexp_matches(expected.found, '[0-9]')
        and not contains(expected.found, '.')
        and not exists (
            select 1
            from localized_values as seen
            where seen.run_id = expected.run_id and seen.found = expected.found
        )
),

reached as (
    select distinct
        signals.run_id,
        signals.k,
        signals.signal,
        writes.k as write_k,
        used.found
    from localized_signals as signals
    inner join localized_values as used
        on signals.run_id = used.run_id and signals.k = used.k
        and used.side = case when signals.signal = 'inconsistent_read' then 'out' else 'in' end
        and contains(signals.evidence, used.found) and length(used.found) >= 4
    inner join localized_values as given
        on used.run_id = given.run_id and used.found = given.found and given.side = 'in' and used.k < given.k
    inner join localized_calls as writes on given.run_id = writes.run_id and given.k = writes.k and writes.is_write
    where signals.signal in ('invented_value_read', 'inconsistent_read')
)

select
    known.run_id,
    known.producer_k as k,
    case when unseen.run_id is not null then 'gave_wrong_value_for_expected' else 'gave_wrong_value' end as signal,
    'gave ' || known.found || ', which step ' || known.k || ' wrote (' || coalesce(known.path, '') || ')' as evidence,
    [known.producer_k, known.k] as evidence_ks
from unexpected_values as bad
inner join localized_known as known on bad.run_id = known.run_id and bad.k = known.k and bad.found = known.found
left join unseen on known.run_id = unseen.run_id
where known.producer_k is not null
union all
select
    run_id,
    k,
    signal || '_reached_write' as signal,
    found || ' went on to step ' || min(write_k) as evidence,
    [k, min(write_k)] as evidence_ks
from reached
group by run_id, k, signal, found
union all
select
    run_id,
    write_k as k,
    'value_from_suspect_step' as signal,
    'was given ' || found || ' by step ' || min(k) as evidence,
    [min(k), write_k] as evidence_ks
from reached
group by run_id, write_k, found
