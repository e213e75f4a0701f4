-- facts.exported_steps: the steps of one run as JSONL step events, one line each.
-- The rule, field by field, is in collector/decode/README.md: a step that came as JSONL gives the event that it came from.
-- grain: one row per step of the run
create or replace macro facts.exported_steps(wanted_run_id) as table
with
claims as (
    select
        trace_id,
        step_id,
        max(outcome) as outcome,
        list_sort(list(distinct outcome_id) filter (where outcome_id is not null)) as outcome_ids
    from facts.outcome_claims
    where run_id = wanted_run_id
    group by trace_id, step_id
),

said as (
    select
        -- What another step counts would count again: events have no senders and no signals to tell it by.
        steps.* replace (
            case
                when steps.dialect <> 'jsonl' and steps.counted_as is not null then 'plumbing'
                else steps.kind
            end as kind
        ),
        contents.input,
        contents.output,
        contents.attributes as content_attributes,
        steps.dialect = 'jsonl' as is_event,
        case when is_event then macros.kept_fields(steps.attributes) end as kept,
        macros.own_attributes(steps.attributes) as own_attributes,
        -- A run of spans that name no workflow goes by its root's agent, else by the service that sent it.
        case
            when
                not is_event and count(steps.workflow) over () = 0
                and count(steps.agent) filter (where steps.parent_step_id is null) over () = 0
                then steps.service
        end as service_workflow,
        coalesce(json_extract_string(steps.field_sources, '$.input') = 'json' and is_event, false) as input_is_json,
        coalesce(json_extract_string(steps.field_sources, '$.output') = 'json' and is_event, false) as output_is_json,
        coalesce(own.outcome, whole.outcome) as claimed_outcome,
        coalesce(own.outcome_ids, whole.outcome_ids) as claimed_ids
    from facts.steps_of(wanted_run_id) as steps
    left join staging.step_contents as contents
        on steps.batch_id = contents.batch_id and steps.trace_id = contents.run_id and steps.step_id = contents.step_id
    left join claims as own
        on steps.trace_id = own.trace_id and steps.step_id = own.step_id and steps.dialect <> 'jsonl'
    left join claims as whole
        on steps.trace_id = whole.trace_id and steps.dialect <> 'jsonl'
        and whole.step_id is null and own.step_id is null
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
                when coalesce(json_exists(kept, '$.error'), false) then null
                when coalesce(error_type, error_message) is not null
                    then macros.exported_error(error_type, error_message)
            end
        ),
        macros.json_member('attempt', attempt),
        macros.exported_run_words(
            agent,
            agent_version,
            coalesce(workflow, service_workflow),
            workflow_version,
            prompt_version,
            env,
            tenant,
            team,
            user,
            session
        ),
        case kind
            when 'model_call' then macros.json_member('model', to_json(coalesce(response_model, request_model)))
            when 'tool_call' then macros.json_member('tool', to_json(name))
            when 'retrieval' then macros.json_member('source', to_json(name))
            when 'validator' then macros.json_member('rule', to_json(name))
            when 'approval' then macros.exported_unless(details, '$.tool', macros.json_member('tool', to_json(name)))
            when 'ceiling' then macros.exported_unless(details, '$.limit', macros.json_member('limit', to_json(name)))
            else macros.json_member('name', to_json(name))
        end,
        macros.json_member('provider', to_json(provider)),
        macros.json_member('tokens_in', input_tokens),
        macros.json_member('tokens_out', output_tokens),
        macros.json_member('cache_read_tokens', cache_read_tokens),
        macros.json_member('cache_write_tokens', cache_write_tokens),
        macros.json_member('reasoning_tokens', reasoning_tokens),
        macros.json_member('cost_usd', macros.json_money(reported_cost_usd)),
        macros.json_member('service_tier', to_json(service_tier)),
        macros.json_member('finish_reason', to_json(finish_reason)),
        macros.json_member('time_to_first_token_ms', to_json(time_to_first_token_ms)),
        macros.json_member('call_id', to_json(call_id)),
        macros.json_member('effect', to_json(effect)),
        macros.json_members(details),
        macros.exported_unless(
            details, '$.input', macros.json_member('input', macros.exported_input(kind, input, input_is_json))
        ),
        macros.json_member('output', macros.exported_output(kind, output, output_is_json)),
        macros.json_member(
            'attributes',
            case
                when kind = 'plumbing'
                    then json_merge_patch(coalesce(own_attributes, '{}'), '{"tachograph.kind":"plumbing"}')
                else own_attributes
            end
        ),
        macros.json_members(kept),
        case
            when not is_event then concat_ws(
                ',',
                macros.json_member('outcome', to_json(claimed_outcome)),
                macros.json_member('outcome_id', to_json(claimed_ids)),
                macros.json_member('dialect', to_json(dialect)),
                macros.json_member('service', to_json(service)),
                macros.json_member('span_name', to_json(span_name)),
                macros.json_member('span_kind', to_json(span_kind)),
                macros.json_member('request_model', to_json(request_model)),
                macros.json_member('response_id', to_json(response_id)),
                macros.json_member('total_tokens', total_tokens),
                macros.json_member('content_attributes', content_attributes),
                macros.json_member('span_events', events),
                macros.json_member('span_links', links),
                macros.json_member('span_extra', span_extra)
            )
        end
    ) || '}' as line
from said
