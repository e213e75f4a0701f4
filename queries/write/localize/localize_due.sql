-- Localize 13a: what was said in a run in which no write brought an entity into the expected state.
-- grain: one row per thing that an agent said, in a run with such an entity
-- user_k: what the user had said before. is_first: nothing else was said to the user since. tried: writes since the user
-- spoke. backed: of these, the ones that went well and were on nothing found wrong. bad: the ones that failed or missed.
create or replace temp table localized_due as
with answers as (
    select
        speech.run_id,
        speech.k,
        speech.said,
        speech.asks,
        due.entities,
        due.is_untouched,
        max(before.k) filter (where before.speaker = 'user') as user_k,
        max(before.k) filter (where before.speaker = 'agent') as agent_k
    from localized_speech as speech
    inner join localized_due_runs as due on speech.run_id = due.run_id
    left join localized_speech as before on speech.run_id = before.run_id and speech.k > before.k
    where speech.speaker = 'agent'
    group by all
)

select
    answers.*,
    coalesce(answers.user_k > answers.agent_k, true) as is_first,
    count(calls.k) as tried,
    count(calls.k) filter (where calls.is_error or misdirected.k is not null) as bad,
    count(calls.k) filter (where not calls.is_error and misdirected.k is null) as backed,
    coalesce(list(given.found) filter (where given.found is not null), []) as written_values
from answers
left join localized_calls as calls
    on answers.run_id = calls.run_id and calls.is_write
    and calls.k > coalesce(answers.user_k, 0) and answers.k > calls.k
left join localized_misdirected as misdirected on calls.run_id = misdirected.run_id and calls.k = misdirected.k
left join localized_values as given
    on calls.run_id = given.run_id and calls.k = given.k and given.side = 'in' and given.is_identity
group by all
