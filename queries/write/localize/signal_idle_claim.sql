-- S5 without a check's words: after a go-ahead an agent says that it is done, and nothing was written in between.
-- grain: one row per step that said so
insert into localized_signals by name
with claims as (
    select
        speech.run_id,
        speech.k,
        cues.phrase,
        max(before.k) as user_k
    from localized_speech as speech
    inner join localized_cues as cues on speech.run_id = cues.run_id and speech.k = cues.k and cues.cue = 'claim'
    inner join localized_speech as before
        on speech.run_id = before.run_id and speech.k > before.k and before.speaker = 'user'
    where speech.speaker = 'agent' and not speech.asks
    group by speech.run_id, speech.k, cues.phrase
)

select
    claims.run_id,
    claims.k,
    'idle_claim' as signal,
    'says "'
    || claims.phrase
    || '" after the user had said "'
    || agreed.phrase
    || '", and nothing was written in between'
        as evidence,
    [claims.user_k, claims.k] as evidence_ks
from claims
inner join localized_cues as agreed
    on claims.run_id = agreed.run_id and claims.user_k = agreed.k and agreed.cue = 'go_ahead'
where not exists (
    select 1
    from localized_calls as calls
    where calls.run_id = claims.run_id and calls.is_write and calls.k > claims.user_k and calls.k < claims.k
)
