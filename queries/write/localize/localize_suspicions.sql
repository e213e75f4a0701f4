-- Localize 30: what looks wrong by the trace alone: repeated writes, writes after a failed one, writes against a refusal.
-- grain: one row per run, suspicion and step
create or replace temp table localized_suspicions as
with writes as (
    select
        *,
        row_number() over (partition by run_id, asked order by k) as time_asked,
        min(k) over (partition by run_id, asked) as first_asked_k
    from localized_calls
    where is_write and not is_error
),

refused as (
    select
        steps.run_id,
        steps.k,
        steps.name,
        steps.details ->> '$.decision' as decision,
        row_number() over (partition by steps.run_id, steps.name order by steps.k desc) as latest
    from localized_steps as steps
    where steps.kind = 'approval'
)

select
    run_id,
    'duplicate_write' as suspicion,
    k,
    name || ' was carried out again with the same arguments' as evidence,
    [first_asked_k, k] as evidence_ks
from writes
where time_asked > 1
union all
select
    failed.run_id,
    'write_after_unrecovered_error' as suspicion,
    min(writes.k) as k,
    any_value(failed.name) || ' had failed, and nobody made it again' as evidence,
    [failed.k, min(writes.k)] as evidence_ks
from localized_calls as failed
inner join writes on failed.run_id = writes.run_id and failed.k < writes.k
where failed.is_write and failed.is_error and not failed.is_recovered
group by failed.run_id, failed.k
union all
select
    writes.run_id,
    'unapproved_write' as suspicion,
    writes.k,
    writes.name || ' was carried out although its approval was ' || refused.decision as evidence,
    [refused.k, writes.k] as evidence_ks
from writes
inner join refused
    on writes.run_id = refused.run_id and writes.name = refused.name and refused.latest = 1 and writes.k > refused.k
where refused.decision in ('denied', 'expired', 'requested')
union all
select
    run_id,
    'self_approved' as suspicion,
    k,
    name || ' was requested and approved by ' || (details ->> '$.by') as evidence,
    [k] as evidence_ks
from localized_steps
where kind = 'approval' and (details ->> '$.decision') = 'granted'
    and (details ->> '$.by') = (details ->> '$.requested_by')
union all
select
    run_id,
    'limit_passed' as suspicion,
    k,
    name || ' was ' || (details ->> '$.observed') || ' where ' || (details ->> '$.max') || ' is the most' as evidence,
    [k] as evidence_ks
from localized_steps
where kind = 'ceiling' and coalesce(details ->> '$.decision', '') <> 'stop'
    and try_cast(details ->> '$.observed' as double) > try_cast(details ->> '$.max' as double)
union all
select
    run_id,
    'loop' as suspicion,
    ks[2] as k,
    name || ' was called ' || len(ks) || ' times with the same arguments and the same answer' as evidence,
    ks[:20] as evidence_ks
from (
    select
        run_id,
        name,
        list(k order by k) as ks
    from localized_calls
    group by run_id, name, asked, md5(coalesce(output, ''))
    having count(*) >= 3
)
