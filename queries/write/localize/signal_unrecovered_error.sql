-- S1: a call that failed, and that nobody made again with success. The step that asked is to blame for what it asked.
-- grain: one row per failed call
insert into localized_signals by name
select
    run_id,
    k,
    case when is_write then 'unrecovered_write_error' else 'unrecovered_read_error' end as signal,
    name || ' failed and was not made again with success: ' || left(coalesce(error_text, 'no message'), 200)
        as evidence,
    [k] as evidence_ks
from localized_calls
where is_error and not is_recovered
union all
select
    run_id,
    k,
    'service_error' as signal,
    name || ' failed for a reason of the service: ' || left(error_text, 200) as evidence,
    [k] as evidence_ks
from localized_calls
where is_error and not is_recovered
    and regexp_matches(
        error_text, '(?i)\b(50[0234]|timed? ?out|unavailable|overloaded|connection (refused|reset)|rate limit)\b'
    )
union all
select
    calls.run_id,
    calls.k,
    'error_then_claim' as signal,
    calls.name || ' failed, and the next thing said was "' || cues.phrase || '"' as evidence,
    [calls.k, calls.next_said_k] as evidence_ks
from localized_calls as calls
inner join localized_cues as cues
    on calls.run_id = cues.run_id and calls.next_said_k = cues.k and cues.cue = 'claim'
where calls.is_error and calls.is_write and not calls.is_recovered
union all
select
    run_id,
    max(k) as k,
    'last_error' as signal,
    'the last call that failed' as evidence,
    [max(k)] as evidence_ks
from localized_calls
where is_error
group by run_id
union all
select
    run_id,
    max(k) as k,
    'last_write' as signal,
    'the last write' as evidence,
    [max(k)] as evidence_ks
from localized_calls
where is_write
group by run_id
