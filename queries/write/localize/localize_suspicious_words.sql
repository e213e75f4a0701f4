-- Localize 31: what looks wrong by what was said: done without any write, agreed and nothing carried out, claimed after an error.
-- grain: one row per run, suspicion and step
insert into localized_suspicions by name
with writing as (
    select
        run_id,
        max(k) as last_k
    from localized_calls
    where is_write and not is_error
    group by run_id
),

last_claims as (
    select
        cues.run_id,
        max(cues.k) as k,
        arg_max(cues.phrase, cues.k) as phrase
    from localized_cues as cues
    where cues.speaker = 'agent' and cues.cue = 'claim'
    group by cues.run_id
),

agreed as (
    select
        cues.run_id,
        max(cues.k) as k,
        arg_max(cues.phrase, cues.k) as phrase
    from localized_cues as cues
    inner join localized_speech as asked
        on cues.run_id = asked.run_id and cues.k > asked.k and asked.speaker = 'agent' and asked.asks
    where cues.speaker = 'user' and cues.cue = 'go_ahead'
    group by cues.run_id
)

select
    last_claims.run_id,
    'claim_without_any_write' as suspicion,
    last_claims.k,
    'says "' || last_claims.phrase || '", and the run wrote nothing' as evidence,
    [last_claims.k] as evidence_ks
from last_claims
semi join (select run_id from localized_calls) as calling on last_claims.run_id = calling.run_id
anti join writing on last_claims.run_id = writing.run_id
union all
select
    agreed.run_id,
    'go_ahead_without_write' as suspicion,
    agreed.k,
    'the user said "' || agreed.phrase || '", and nothing was written after it' as evidence,
    [agreed.k] as evidence_ks
from agreed
inner join writing on agreed.run_id = writing.run_id and agreed.k > writing.last_k
inner join last_claims on agreed.run_id = last_claims.run_id and agreed.k < last_claims.k
union all
select
    calls.run_id,
    'claim_after_failed_write' as suspicion,
    calls.next_said_k as k,
    'says "' || cues.phrase || '" after ' || calls.name || ' had failed' as evidence,
    [calls.k, calls.next_said_k] as evidence_ks
from localized_calls as calls
inner join localized_cues as cues
    on calls.run_id = cues.run_id and calls.next_said_k = cues.k and cues.cue = 'claim'
where calls.is_write and calls.is_error and not calls.is_recovered
