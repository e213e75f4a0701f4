-- Localize 2: what was said in the runs to analyse: to and by people, and between agents.
-- grain: one row per step that said something
-- A model's answer is speech where the run has no messages of its own. words: lower case, letters only, padded by spaces,
-- without what was merely looked up ("successfully verified"). asks: ends with a question that is more than a courtesy.
create or replace temp table localized_speech as
with said as (
    select
        run_id,
        k,
        agent,
        bad_by,
        case when role = 'user' then 'user' when role = 'system' then 'system' else 'agent' end as speaker,
        output as said,
        replace(lower(output), '’', '''') as lowered
    from localized_steps
    where output is not null and (kind = 'message' or kind = 'model_call' and is_candidate)
)

select
    * exclude (lowered),
    ' ' || trim(regexp_replace(
        regexp_replace(lowered, '[^a-z'']+', ' ', 'g'),
        '(successfully|has been|have been|have|been|now) (successfully )?'
        || '(authenticated|verified|located|identified|found|retrieved|confirmed your|looked|checked)',
        ' ', 'g'
    )) || ' ' as words,
    contains(
        regexp_replace(right(lowered, 300), '[^.!?]*(anything else|any other|further|else i)[^.!?]*[.!?]', '', 'g'), '?'
    ) as asks
from said
