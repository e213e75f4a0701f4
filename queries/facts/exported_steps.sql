-- facts.exported_steps: the steps of one run as JSONL step events.
-- The rule, field by field: collector/decode/README.md. A step of JSONL gives exactly the event that it came from.
-- grain: one row per step of the run
create or replace macro facts.exported_steps(wanted_run_id) as table
with
said as (
    select
        steps.*,
        contents.input,
        contents.output,
        steps.dialect = 'jsonl' as is_event,
        case when steps.dialect = 'jsonl' then macros.kept_fields(steps.attributes) end as kept,
        macros.own_attributes(steps.attributes) as own,
        json_extract_string(steps.field_sources, '$.input') is not distinct from 'json' as input_is_json,
        json_extract_string(steps.field_sources, '$.output') is not distinct from 'json' as output_is_json
    from facts.steps_of(wanted_run_id) as steps
    left join staging.step_contents as contents
        on steps.batch_id = contents.batch_id and steps.run_id = contents.run_id and steps.step_id = contents.step_id
)

select
    started_at,
    step_number,
    step_key,
    '{' || concat_ws(
        ',',
        macros.json_member('run_id', to_json(run_id)),
        macros.json_member('step', step_number),
        macros.json_member(
            'step_id', case when step_id is distinct from step_number::varchar then to_json(step_id) end
        ),
        macros.json_member('parent', to_json(parent_step_id)),
        macros.json_member('type', case when kind = 'plumbing' then '"other"' else to_json(kind) end),
        macros.json_member(
            'ts',
            case
                when time_basis = 'ingest' then null
                when end_unix_nano > 0 then macros.rfc3339(make_timestamp_ns(end_unix_nano::bigint))
                else macros.rfc3339(coalesce(ended_at, started_at))
            end
        ),
        macros.json_member('latency_ms', to_json(duration_ms)),
        macros.json_member('status', case when status <> 'unset' then to_json(status) end),
        macros.json_member(
            'error',
            case
                when json_exists(kept, '$.error') or coalesce(error_type, error_message) is null then null
                else '{' || concat_ws(
                    ',',
                    macros.json_member('type', to_json(error_type)),
                    macros.json_member('message', to_json(error_message))
                ) || '}'
            end
        ),
        macros.json_member('attempt', attempt),
        macros.json_member('agent', to_json(agent)),
        macros.json_member('agent_version', to_json(agent_version)),
        macros.json_member('workflow', to_json(workflow)),
        macros.json_member('workflow_version', to_json(workflow_version)),
        macros.json_member('prompt_version', to_json(prompt_version)),
        macros.json_member('env', to_json(env)),
        macros.json_member('tenant', to_json(tenant)),
        macros.json_member('team', to_json(team)),
        macros.json_member('user', to_json(user)),
        macros.json_member('session', to_json(session))
    ) as head
from said
