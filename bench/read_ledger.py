"""Builds a synthetic ledger of any size straight in SQL: 8 weeks, 5 workflows, 12 steps a run. For `bench/read.py`."""

import argparse
import time
from pathlib import Path

import duckdb

import queries

STEPS_PER_RUN = 12
ROWS_PER_BATCH = 512
# A whole number of batches.
RUNS_PER_INSERT = 51_200
FIRST_DAY = "2026-09-21"
DAYS = 56

_STEPS = """
insert into ledger.steps by name
with numbered as (
    select
        i,
        j,
        md5(i::varchar) as run_id,
        substr(md5('s' || i || '.' || j), 1, 16) as step_id,
        ['refund-support', 'dependency-updates', 'crm-cleanup', 'it-triage', 'invoice-matching'][1 + i % 5] as workflow,
        timestamp '{first_day}' + to_microseconds((i * {microseconds_per_run} + j * 350000)::bigint) as began,
        case
            when j = 0 then 'agent'
            when j % 4 = 3 then 'validator'
            when j % 2 = 1 then 'model_call'
            else 'tool_call'
        end as kind,
        hash(i * 100 + j) as dice
    from range({first}, {last}) as runs (i), range({steps_per_run}) as steps (j)
)
select
    1 + ({rows_before} + row_number() over (order by began) - 1) // {rows_per_batch} as batch_id,
    run_id,
    step_id,
    case when j > 0 then substr(md5('s' || i || '.0'), 1, 16) end as parent_step_id,
    hash(run_id || step_id) as step_key,
    dice as content_hash,
    1 as resource_key,
    'otel_genai' as dialect,
    kind,
    case kind when 'model_call' then 'gpt-4.1' when 'tool_call' then 'tool_' || (dice % 12) else kind end as name,
    kind || ' ' || (dice % 12) as span_name,
    workflow || '-agent' as agent,
    'v' || (1 + i * 4 // {runs}) as prompt_version,
    case when j = 0 then workflow end as workflow,
    case when j = 0 then ['prod', 'prod', 'prod', 'staging'][1 + i % 4] end as env,
    case when j = 0 then 'team-' || (i % 3) end as team,
    'tenant-' || (i % 40) as tenant,
    began as started_at,
    began + to_microseconds(case when j = 0 then 4500000 else 50000 + dice % 900000 end::bigint) as ended_at,
    case when j = 0 then 4500.0 else 50 + (dice % 900000) / 1000.0 end as duration_ms,
    'event' as time_basis,
    began + interval 5 second as ingested_at,
    case when dice % 40 = 0 then 'error' else 'ok' end as status,
    case when dice % 40 = 0 then 'TimeoutError' end as error_type,
    case when dice % 40 = 0 then 'no answer within 30 s from host ' || (dice % 1000) end as error_message,
    case when kind = 'model_call' then 'openai' end as provider,
    case when kind = 'model_call' then 'gpt-4.1' end as request_model,
    case when kind = 'model_call' then 800 + dice % 4000 end as input_tokens,
    case when kind = 'model_call' then 50 + dice % 700 end as output_tokens,
    case when kind = 'model_call' then dice % 500 end as cache_read_tokens,
    case when kind = 'model_call' and dice % 50 > 0 then (dice % 90000)::decimal(18, 9) * 0.000001::decimal(7, 6) end
        as reported_cost_usd,
    '{{"code.function":"f' || (dice % 977) || '","thread.id":"' || (dice % 64)
        || '","x.request":"' || md5(dice::varchar) || '"}}' as attributes
from numbered
order by began
"""

_CONTENTS = """
insert into ledger.step_contents by name
select
    run_id, step_id, batch_id, started_at,
    'question ' || md5(step_id) as input, 'answer ' || md5(run_id) as output
from ledger.steps
where batch_id > {above} and kind in ('model_call', 'tool_call')
"""

_RUN_ENDS_AND_CHECKS = """
insert into ledger.verifications by name
select
    run_id,
    hash(run_id) as content_hash,
    {batch_id} as batch_id,
    case when hash(run_id) % 25 = 0 then 'failure' else 'success' end as verified,
    'ticket_closed' as outcome,
    'T-' || substr(run_id, 1, 8) as outcome_id,
    'helpdesk' as checked_by,
    'system_of_record' as method,
    started_at + interval 9 hour as checked_at,
    'event' as time_basis,
    started_at + interval 9 hour as ingested_at
from ledger.steps
where parent_step_id is null and batch_id > {above} and hash(run_id) % 3 > 0
"""

_BATCHES = """
insert into ledger.batches by name
select
    batch_id,
    'bench' as collector_id,
    batch_id as commit_id,
    max(ingested_at) as received_at,
    max(ingested_at) + interval 8 millisecond as committed_at,
    'otlp_http' as source,
    'traces' as signal,
    'OTel-OTLP-Exporter-Python/1.38' as origin,
    count(*) * 2100 as byte_count,
    count(*) as received,
    count(*) as stored,
    0 as duplicate,
    0 as conflict,
    0 as rejected
from ledger.steps
where batch_id > {above}
group by batch_id
"""


def open_ledger(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection to the file at `path`, which may be new."""
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as store (storage_version 'latest')")
    connection.execute("use store")
    connection.execute("set TimeZone = 'UTC'")
    return connection


def create_objects(connection: duckdb.DuckDBPyConnection) -> None:
    """Schemas, tables, macros and views of the product, in the loader's order."""
    for layer in ("schema", "macros", "staging", "facts", "marts"):
        for statement in queries.statements(layer):
            connection.execute(f"create schema if not exists {statement.schema}")
            connection.execute(statement.create_sql)


def build(connection: duckdb.DuckDBPyConnection, steps: int) -> None:
    """Fill the ledger with about `steps` steps, in the order in which they would have arrived."""
    runs = steps // STEPS_PER_RUN
    microseconds_per_run = DAYS * 86_400_000_000 // runs
    for first in range(0, runs, RUNS_PER_INSERT):
        last = min(first + RUNS_PER_INSERT, runs)
        rows_before = first * STEPS_PER_RUN
        above = rows_before // ROWS_PER_BATCH
        connection.execute(
            _STEPS.format(
                first=first,
                last=last,
                runs=runs,
                rows_before=rows_before,
                rows_per_batch=ROWS_PER_BATCH,
                steps_per_run=STEPS_PER_RUN,
                microseconds_per_run=microseconds_per_run,
                first_day=FIRST_DAY,
            )
        )
        last_batch = last * STEPS_PER_RUN // ROWS_PER_BATCH
        for statement in (_CONTENTS, _RUN_ENDS_AND_CHECKS):
            connection.execute(statement.format(above=above, batch_id=last_batch))
        connection.execute(_BATCHES.format(above=above))
    connection.execute("checkpoint")


def main() -> None:
    """Build a ledger at a path."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--steps", type=int, default=1_000_000)
    options = parser.parse_args()
    started = time.perf_counter()
    connection = open_ledger(options.path)
    create_objects(connection)
    build(connection, options.steps)
    rows = connection.execute("select count(*) from ledger.steps").fetchall()[0][0]
    print(f"{rows:,} steps in {time.perf_counter() - started:.0f} s, {options.path.stat().st_size / 2**20:,.0f} MiB")


if __name__ == "__main__":
    main()
