-- Localize 1a: the same steps with what went in and what came back.
-- grain: one row per step that counts
-- is_error: the sender's status, or an output that begins like an error or holds one. What went into models, and came out, is
-- read of bad runs only.
create or replace temp table localized_steps as
with contents as (
    select
        found.trace_id,
        found.step_id,
        found.input,
        found.output
    from analysed_contents as found
    semi join (
        select
            trace_id,
            step_id
        from localized_places
        where bad_by is not null or kind not in ('model_call', 'agent', 'workflow')
    ) as wanted on found.trace_id = wanted.trace_id and found.step_id = wanted.step_id
)

select
    places.* exclude (status, error_message),
    places.kind = 'tool_call' and coalesce(places.effect in ('write', 'destructive'), false) as is_write,
    places.status = 'error'
    or places.kind = 'tool_call' and coalesce(
        regexp_matches(contents.output[:200], '^\s*"?(error|exception|traceback|failed)\b', 'i')
        or case
            when contains(contents.output, '"error"') and json_valid(contents.output)
                then (contents.output ->> '$.error') not in ('', 'false', 'null')
        end,
        false
    ) as is_error,
    coalesce(places.error_message, case when length(contents.output) < 2000 then contents.output end) as error_text,
    contents.input,
    contents.output
from localized_places as places
left join contents on places.trace_id = contents.trace_id and places.step_id = contents.step_id
