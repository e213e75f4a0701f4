-- S11: the same call with the same answer three times or more while nothing was written: the first repetition. Of calls that
-- failed each time, the first: there the answer is to blame, and the repetition follows from it.
-- grain: one row per repeated call
insert into localized_signals by name
with repeated as (
    select
        run_id,
        name,
        is_error,
        list(k order by k) as ks
    from localized_calls
    group by run_id, name, asked, md5(coalesce(output, '')), is_error, case when not is_write then write_number end
    having count(*) >= 3
)

select
    run_id,
    case when is_error then ks[1] else ks[2] end as k,
    case when is_error then 'repeated_error' else 'loop' end as signal,
    name || ' was called ' || len(ks) || ' times with the same arguments and the same answer' as evidence,
    ks[:20] as evidence_ks
from repeated
