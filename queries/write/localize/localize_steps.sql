-- Localize 1: the steps of these runs, in the order in which they began, with what went in and what came back.
-- grain: one row per step that counts
-- k: its place in the run, from 1. Where nobody said what a tool does, the first word of its name that is a known verb says it
-- (effect_basis 'inferred'). is_error: the sender's status, or an output that begins like an error or holds one.
-- is_candidate: it can be to blame. Containers are not, nor are model calls whose words and calls are steps of their own.
create or replace temp table localized_steps as
with told as (
    select
        steps.*,
        contents.input,
        contents.output,
        runs.workflow as run_workflow,
        runs.env as run_env,
        runs.bad_by,
        steps.details ->> '$.role' as role,
        string_split(trim(regexp_replace(
            lower(regexp_replace(steps.name, '([a-z0-9])([A-Z])', '\1 \2', 'g')), '[^a-z0-9]+', ' ', 'g'
        )), ' ') as name_words
    from analysed_steps as steps
    inner join localized_runs as runs on steps.run_id = runs.run_id
    left join analysed_contents as contents
        on steps.trace_id = contents.trace_id and steps.step_id = contents.step_id
        and (steps.kind not in ('model_call', 'agent', 'workflow') or runs.bad_by is not null)
    where steps.is_step
),

words as (
    select
        trace_id,
        step_id,
        unnest(name_words) as word,
        generate_subscripts(name_words, 1) as place
    from told
    where kind = 'tool_call' and effect is null
),

inferred as (
    select
        words.trace_id,
        words.step_id,
        arg_min(verbs.effect, words.place) as effect
    from words
    inner join localization.verbs as verbs on words.word = verbs.verb
    group by words.trace_id, words.step_id
),

speaking as (
    select run_id
    from told
    group by run_id
    having count(*) filter (where kind = 'message' and coalesce(role, '') not in ('user', 'system')) > 0
)

select
    told.run_id,
    told.trace_id,
    told.batch_id,
    row_number() over (
        partition by told.run_id
        order by told.started_at asc, told.step_number asc nulls last, told.trace_id asc, told.step_id asc
    ) as k,
    told.step_id,
    told.run_workflow as workflow,
    told.run_env as env,
    told.bad_by,
    told.kind,
    told.name,
    told.said_agent as agent,
    told.role,
    coalesce(told.effect, inferred.effect) as effect,
    case when told.effect is not null then 'said' when inferred.effect is not null then 'inferred' end as effect_basis,
    told.kind = 'tool_call' and coalesce(coalesce(told.effect, inferred.effect) in ('write', 'destructive'), false)
        as is_write,
    told.status = 'error'
    or told.kind = 'tool_call' and coalesce(
        regexp_matches(told.output, '^\s*"?(error|exception|traceback|failed)\b', 'i')
        or case when json_valid(told.output) then (told.output ->> '$.error') not in ('', 'false', 'null') end,
        false
    ) as is_error,
    case
        when told.kind = 'message' then coalesce(told.role, '') not in ('user', 'system')
        when told.kind = 'model_call' then speaking.run_id is null
        else told.kind in ('tool_call', 'retrieval', 'validator', 'approval', 'ceiling', 'escalation', 'other')
    end as is_candidate,
    coalesce(told.error_message, case when length(told.output) < 2000 then told.output end) as error_text,
    told.details,
    told.input,
    told.output,
    told.started_at
from told
left join inferred on told.trace_id = inferred.trace_id and told.step_id = inferred.step_id
left join speaking on told.run_id = speaking.run_id
