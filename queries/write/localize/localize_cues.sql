-- Localize 3: what kind of thing was said, by the phrases that it holds: people agree or hesitate, agents claim,
-- ask and refuse.
-- grain: one row per step that said something, and kind of phrase
create or replace temp table localized_cues as
select
    speech.run_id,
    speech.k,
    speech.speaker,
    phrases.kind as cue,
    arg_max(phrases.phrase, length(phrases.phrase)) as phrase
from localized_speech as speech
inner join localization.phrases as phrases
    on contains(speech.words, ' ' || phrases.phrase || ' ')
    and (phrases.kind in ('go_ahead', 'doubt')) = (speech.speaker = 'user')
group by all
