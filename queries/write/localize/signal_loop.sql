-- S11: the same call with the same answer three times or more: the first repetition.
-- grain: one row per repeated call
insert into localized_signals by name
with repeated as (
    select
        run_id,
        name,
        list(k order by k) as ks
    from localized_calls
    group by run_id, name, asked, md5(coalesce(output, ''))
    having count(*) >= 3
)

select
    run_id,
    ks[2] as k,
    'loop' as signal,
    name || ' was called ' || len(ks) || ' times with the same arguments and the same answer' as evidence,
    ks[:20] as evidence_ks
from repeated
