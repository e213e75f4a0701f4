-- Localize 1: the steps of these runs, in the order in which they began, with what their kind and name say of them.
-- grain: one row per step that counts
-- k: its place in the run, from 1. Where nobody said what a tool does, the first word of its name that is a known verb says it
-- (effect_basis 'inferred'). is_candidate: it can be to blame. Containers are not, nor are model calls of a run whose words
-- are steps of their own. Without contents: rows that are sorted should be narrow.
create or replace temp table localized_places as
with told as (
    select
        steps.*,
        runs.workflow as run_workflow,
        runs.env as run_env,
        runs.bad_by,
        steps.details ->> '$.role' as role
    from analysed_steps as steps
    inner join localized_runs as runs on steps.run_id = runs.run_id
    where steps.is_step and runs.is_short
),

names as (
    select
        name,
        string_split(trim(regexp_replace(
            lower(regexp_replace(name, '([a-z0-9])([A-Z])', '\1 \2', 'g')), '[^a-z0-9]+', ' ', 'g'
        )), ' ') as words
    from (
        select distinct name
        from told
        where kind = 'tool_call' and effect is null and name is not null
    )
),

inferred as (
    select
        spelt.name,
        arg_min(verbs.effect, spelt.place) as effect
    from (
        select
            name,
            unnest(words) as word,
            generate_subscripts(words, 1) as place
        from names
    ) as spelt
    inner join localization.verbs as verbs on spelt.word = verbs.verb
    group by spelt.name
),

speaking as (
    select distinct run_id
    from told
    where kind = 'message' and coalesce(role, '') not in ('user', 'system')
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
    told.status,
    coalesce(told.effect, inferred.effect) as effect,
    case when told.effect is not null then 'said' when inferred.effect is not null then 'inferred' end as effect_basis,
    case
        when told.kind = 'message' then coalesce(told.role, '') not in ('user', 'system')
        when told.kind = 'model_call' then speaking.run_id is null
        else told.kind in ('tool_call', 'retrieval', 'validator', 'approval', 'ceiling', 'escalation', 'other')
    end as is_candidate,
    told.error_message,
    told.details,
    told.started_at
from told
left join inferred on told.kind = 'tool_call' and told.name = inferred.name
left join speaking on told.run_id = speaking.run_id
