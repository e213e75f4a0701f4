-- A run as JSONL step events: `tachograph import` of these lines into an empty store gives the same run.
-- The rule, field by field, is in collector/decode/README.md. Verifications and costs of the outcomes that the run serves
-- belong to it. A run of spans declares its end by its root: here that becomes a `final`.
-- grain: one row per event: the steps in their order, then the final events, verifications, costs and annotations
-- param run_id varchar default null: the run
with
outcomes as (
    select outcome_id from facts.run_outcomes
    where run_id = $run_id::varchar and not is_own
),

paid as (
    select outcome_id from facts.run_outcomes
    where run_id = $run_id::varchar and takes_costs
),

events as (
    select
        1 as part,
        started_at as said_at,
        step_number as number,
        step_key::hugeint as tie,
        line
    from facts.exported_steps($run_id::varchar)
    union all
    select
        2 as part,
        declared_at as said_at,
        null as number,
        content_hash::hugeint as tie,
        '{' || concat_ws(
            ',',
            macros.json_member('run_id', to_json(run_id)),
            macros.json_member('final', to_json(declared)),
            macros.json_member('ts', case when time_basis <> 'ingest' then macros.rfc3339(declared_at) end),
            macros.json_member('cost_usd', macros.json_money(reported_cost_usd)),
            macros.json_member('total_latency_ms', to_json(total_latency_ms)),
            macros.json_member('claim', to_json(claim)),
            macros.exported_run_words(
                agent, agent_version, workflow, workflow_version, prompt_version, env, tenant, team, user, session
            ),
            macros.json_member('attributes', macros.own_attributes(attributes)),
            macros.json_members(macros.kept_fields(attributes))
        ) || '}' as line
    from facts.run_ends
    where run_id = $run_id::varchar
    union all
    select
        2 as part,
        ended_at as said_at,
        null as number,
        0 as tie,
        '{' || concat_ws(
            ',',
            macros.json_member('run_id', to_json(run_id)),
            macros.json_member('final', to_json(declared)),
            macros.json_member('ts', macros.rfc3339(ended_at)),
            macros.json_member('workflow', to_json(workflow)),
            macros.json_member('agent', to_json(agent))
        ) || '}' as line
    from facts.runs
    where run_id = $run_id::varchar and declared is not null and declared_by <> 'final'
    union all
    select
        3 as part,
        checked_at as said_at,
        null as number,
        content_hash::hugeint as tie,
        '{' || concat_ws(
            ',',
            macros.json_member('run_id', to_json(run_id)),
            '"type":"verification"',
            macros.json_member('verified', to_json(verified)),
            macros.json_member('outcome', to_json(outcome)),
            macros.json_member('outcome_id', to_json(outcome_id)),
            macros.json_member('checked_by', to_json(checked_by)),
            macros.json_member('method', to_json(method)),
            macros.json_member('checked_at', case when time_basis <> 'ingest' then macros.rfc3339(checked_at) end),
            macros.json_member('evidence', to_json(evidence)),
            macros.json_member('value_usd', macros.json_money(value_usd)),
            macros.json_member('diff', diff),
            macros.json_member('attributes', macros.own_attributes(attributes)),
            macros.json_members(macros.kept_fields(attributes))
        ) || '}' as line
    from facts.verifications
    where run_id = $run_id::varchar or (run_id is null and outcome_id in (from outcomes))
    union all
    select
        4 as part,
        occurred_at as said_at,
        null as number,
        content_hash::hugeint as tie,
        '{' || concat_ws(
            ',',
            macros.json_member('run_id', to_json(run_id)),
            macros.json_member('outcome_id', to_json(outcome_id)),
            '"type":"cost"',
            macros.json_member('kind', to_json(kind)),
            macros.json_member('amount_usd', macros.json_money(amount_usd)),
            macros.json_member('minutes', to_json(minutes)),
            macros.json_member('note', to_json(note)),
            macros.json_member('ts', case when time_basis <> 'ingest' then macros.rfc3339(occurred_at) end),
            macros.json_member('attributes', macros.own_attributes(attributes)),
            macros.json_members(macros.kept_fields(attributes))
        ) || '}' as line
    from facts.cost_events
    where
        run_id = $run_id::varchar
        or (run_id is null and outcome_id in (from paid))
    union all
    select
        5 as part,
        annotated_at as said_at,
        null as number,
        content_hash::hugeint as tie,
        '{' || concat_ws(
            ',',
            macros.json_member('run_id', to_json(run_id)),
            '"type":"annotation"',
            macros.json_member('step_id', to_json(step_id)),
            macros.json_member('label', to_json(label)),
            macros.json_member('by', to_json(annotated_by)),
            macros.json_member('note', to_json(note)),
            macros.json_member('ts', case when time_basis <> 'ingest' then macros.rfc3339(annotated_at) end),
            macros.json_member('attributes', macros.own_attributes(attributes)),
            macros.json_members(macros.kept_fields(attributes))
        ) || '}' as line
    from facts.annotations
    where run_id = $run_id::varchar
)

select line
from events
order by part, said_at, number nulls last, tie
