-- Localize 9: the tool calls, with what came before and after them.
-- grain: one row per tool call
-- is_recovered: a later call of the same tool went well and shares an argument. write_number counts the writes of the run
-- from 1; last_said_k is the last thing that a user said before, next_said_k the next thing that an agent said after.
create or replace temp table localized_calls as
with calls as (
    select
        steps.run_id,
        steps.k,
        steps.name,
        steps.agent,
        steps.is_write,
        steps.is_error,
        steps.error_text,
        steps.input,
        steps.output,
        md5(coalesce(steps.name, '') || '|' || coalesce(steps.input, '')) as asked,
        count(*) filter (where steps.is_write) over (partition by steps.run_id order by steps.k) as write_number
    from localized_steps as steps
    where steps.kind = 'tool_call'
),

recovered as (
    select distinct
        failed.run_id,
        failed.k
    from calls as failed
    inner join calls as later
        on failed.run_id = later.run_id and failed.name = later.name and failed.k < later.k
    left join localized_values as failed_values
        on failed.run_id = failed_values.run_id and failed.k = failed_values.k and failed_values.side = 'in'
    left join localized_values as later_values
        on later.run_id = later_values.run_id and later.k = later_values.k and later_values.side = 'in'
        and failed_values.path = later_values.path
    where failed.is_error and not later.is_error and failed_values.found is not distinct from later_values.found
),

-- Apart: grouping by what went in and came out costs more than all the rest.
spoken as (
    select
        calls.run_id,
        calls.k,
        max(speech.k) filter (where speech.speaker = 'user' and speech.k < calls.k) as last_said_k,
        min(speech.k) filter (where speech.speaker = 'agent' and speech.k > calls.k) as next_said_k
    from calls
    inner join localized_speech as speech on calls.run_id = speech.run_id
    group by calls.run_id, calls.k
)

select
    calls.*,
    recovered.k is not null as is_recovered,
    spoken.last_said_k,
    spoken.next_said_k
from calls
left join recovered on calls.run_id = recovered.run_id and calls.k = recovered.k
left join spoken on calls.run_id = spoken.run_id and calls.k = spoken.k
