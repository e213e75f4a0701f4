"""The commands that read and write: what they print, where, and how they end."""

import gzip
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyarrow.parquet
import pytest

from collector.cli import run
from collector.serve import running
from collector.settings import SETTINGS, Settings
from tests.collector.cli_runs import FIVE_LINES, child, eventually, unused_ports


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with no collector anywhere near."""
    monkeypatch.chdir(tmp_path)
    for name, port in unused_ports().items():
        monkeypatch.setenv(name, port)
    (tmp_path / "five.jsonl").write_text(FIVE_LINES)
    return tmp_path


@pytest.fixture
def tachograph(folder: Path, capfd: pytest.CaptureFixture[str]) -> Command:
    def command(*arguments: str) -> Ended:
        capfd.readouterr()
        code = run(arguments)
        captured = capfd.readouterr()
        return Ended(code, captured.out, captured.err)

    return command


def test_the_five_lines_are_stored_and_a_second_time_they_are_duplicates(tachograph: Command) -> None:
    first = tachograph("import", "five.jsonl")
    second = tachograph("import", "five.jsonl")
    assert first == (0, "received 5: stored 5, duplicate 0, conflict 0, rejected 0\n", "")
    assert second == (0, "received 5: stored 0, duplicate 5, conflict 0, rejected 0\n", "")


def test_gzip_and_standard_input(tachograph: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "five.jsonl.gz").write_bytes(gzip.compress(FIVE_LINES.encode()))
    assert tachograph("import", "five.jsonl.gz").out.startswith("received 5: stored 5,")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FIVE_LINES.encode())))
    assert tachograph("import", "-").out.startswith("received 5: stored 0, duplicate 5,")


def test_a_rejected_line_is_reported_and_is_no_failure(tachograph: Command, folder: Path) -> None:
    (folder / "bad.jsonl").write_text('{"run_id":"r","step":1,"type":"other","name":"x"}\nnonsense\n')
    ended = tachograph("import", "bad.jsonl")
    assert (ended.code, ended.out) == (0, "received 2: stored 1, duplicate 0, conflict 0, rejected 1\n")
    assert "bad.jsonl: line 2: line: not JSON" in ended.err
    assert "'tachograph rejects list' shows all that was not stored" in ended.err


def test_a_file_that_cannot_be_read_is_a_failure_and_the_others_are_stored(tachograph: Command, folder: Path) -> None:
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(FIVE_LINES.encode())[:-9])
    (folder / "bad.traces.pb").write_bytes(b"\xff\xff\xff")
    ended = tachograph("import", "missing.jsonl", "cut.jsonl.gz", "bad.traces.pb", "five.jsonl")
    assert ended.code == 1
    assert "stored 5" in ended.out
    for message in (
        "missing.jsonl: cannot be read",
        "cut.jsonl.gz: broken gzip",
        "bad.traces.pb: the body is not an OTLP",
    ):
        assert f"tachograph: {message}" in ended.err


def test_rejects_are_listed_and_replayed(tachograph: Command, folder: Path) -> None:
    (folder / "bad.jsonl").write_text("nonsense\n")
    tachograph("import", "bad.jsonl")
    listed = tachograph("rejects", "list")
    assert "bad.jsonl" in listed.out
    assert "line: not JSON" in listed.out
    again = tachograph("rejects", "replay")
    assert again.out == "replayed 1: stored 0, duplicate 0, conflict 0, rejected 1\n"
    assert tachograph("rejects", "replay", "no-such-reject").code == 2


def test_json_of_a_query(tachograph: Command) -> None:
    tachograph("import", "five.jsonl")
    ended = tachograph("query", "runs_page", "--param", "q=a9c2", "--format", "json")
    body = json.loads(ended.out)
    (row,) = body["rows"]
    # 1,420 tokens at 2 USD per million and 310 at 8: what is computed wins over the 0.41 that the last line reports.
    assert (row["run_id"], row["tool_calls"], row["cost_usd"]) == ("a9c2...", 2, 0.00532)
    assert '"cost_usd":0.005320000' in ended.out
    assert (body["truncated"], ended.err) == (False, "")


def test_csv_and_parquet_into_files(tachograph: Command, folder: Path) -> None:
    tachograph("import", "five.jsonl")
    tachograph("query", "runs_count", "-f", "csv", "-o", "count.csv")
    assert (folder / "count.csv").read_text() == '"runs"\n1\n'
    assert tachograph("query", "runs_count", "-f", "parquet", "-o", "count.parquet").out == ""
    assert pyarrow.parquet.read_table(folder / "count.parquet").to_pylist() == [{"runs": 1}]


def test_a_table_has_aligned_columns(tachograph: Command) -> None:
    tachograph("import", "five.jsonl")
    assert tachograph("query", "runs_count").out == "runs\n   1\n"


def test_a_cut_answer_says_so(tachograph: Command, folder: Path) -> None:
    (folder / "two.jsonl").write_text('{"run_id":"a","final":"success"}\n{"run_id":"b","final":"success"}\n')
    tachograph("import", "two.jsonl")
    ended = tachograph("query", "runs_page", "--limit", "1")
    assert ended.err == "(only the first 1 rows; ask for more with --limit)\n"


def test_queries_lists_names_descriptions_and_parameters(tachograph: Command) -> None:
    listed = tachograph("queries").out
    assert "weekly_scoreboard\n    " in listed
    assert "-p week=<varchar>  " in listed


def _run_of(ended: Ended) -> dict[str, object]:
    (row,) = json.loads(ended.out)["rows"]
    # Times that nobody said are those of the import.
    changes = {"batch_id", "started_at", "ended_at", "week", "first_step_at", "last_step_at"}
    return {key: value for key, value in row.items() if key not in changes}


def test_an_exported_run_imported_elsewhere_is_the_same_run(tachograph: Command, folder: Path) -> None:
    tachograph("import", "five.jsonl")
    before = _run_of(tachograph("query", "run_header", "-p", "run_id=a9c2...", "-f", "json"))
    assert tachograph("export-run", "a9c2...", "-o", "run.jsonl").code == 0
    events = [json.loads(line) for line in (folder / "run.jsonl").read_text().splitlines()]
    assert len(events) == 5

    imported = tachograph("import", "run.jsonl", "--store", "other.duckdb")
    after = _run_of(tachograph("query", "run_header", "-p", "run_id=a9c2...", "-f", "json", "--store", "other.duckdb"))

    assert imported.out == "received 5: stored 5, duplicate 0, conflict 0, rejected 0\n"
    assert after == before


USER_ERRORS = [
    (["qury"], 2, "No such command 'qury'. Did you mean 'query'?"),
    (["query"], 2, "Missing argument 'name'"),
    (["query", "runs_count", "--http-prot", "1"], 2, "No such option: --http-prot"),
    (["query", "runs_count", "--http-port", "many"], 2, "flag --http-port: 'many' must be a whole number"),
    (["query", "runs_cuont"], 2, "there is no query 'runs_cuont'; did you mean 'runs_count'?"),
    (["query", "runs_count", "-p", "worfklow=x"], 2, "no parameter 'worfklow'; did you mean 'workflow'?"),
    (["query", "runs_count", "-p", "workflow"], 2, "--param workflow: must be NAME=VALUE"),
    (["query", "runs_count", "-p", "q=1", "-p", "q=2"], 2, "--param q is given twice"),
    (
        ["query", "runs_count", "-o", "no/such/folder"],
        2,
        "no/such/folder: cannot be written: No such file or directory",
    ),
    (["query", "runs_count", "--limit", "0"], 2, "limit must be from 1 to 1000000, not 0"),
    (["query", "runs_count", "--store", "nowhere.duckdb"], 2, "there is no store at"),
    (["query", "runs_count", "--store", "mysql://x"], 2, "expected a file path or ducklake"),
    (["query", "runs_count", "--api-url", "http://127.0.0.1:9"], 3, "no collector answers at http://127.0.0.1:9"),
    (["query", "runs_count", "--config", "missing.toml"], 2, "missing.toml: no such file"),
    (["export-run", "no-such-run"], 2, "there is no run 'no-such-run' in the store"),
    (["import", "five.jsonl", "--store", "no/folder/x.duckdb"], 2, "the folder"),
    (["import", "--follow", "a", "b"], 2, "--follow takes exactly one file"),
    (["status", "--tls-cert", "cert.pem"], 2, "tls_cert (flag) is set but tls_key is not; TLS needs both"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), USER_ERRORS)
def test_a_users_error_is_one_plain_line(tachograph: Command, arguments: list[str], code: int, message: str) -> None:
    tachograph("import", "five.jsonl")
    ended = tachograph(*arguments)
    assert (ended.code, ended.out) == (code, "")
    (line,) = ended.err.splitlines()
    assert line.startswith("tachograph: ")
    assert message in line


def test_looking_never_creates_a_store(tachograph: Command, folder: Path) -> None:
    assert tachograph("status").code == 2
    assert list(folder.glob("*.duckdb")) == []


def test_status_without_a_collector(tachograph: Command, folder: Path) -> None:
    tachograph("import", "five.jsonl")
    out = tachograph("status").out
    assert "collector    not running" in out
    assert str(folder / "tachograph.duckdb") in out
    assert "received 5, stored 5, duplicate 0, conflict 0, rejected 0: holds" in out


def test_status_shows_every_setting_and_where_it_comes_from(
    tachograph: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "tachograph.toml").write_text('host = "::1"\n')
    monkeypatch.setenv("TACHOGRAPH_TOKEN", "s3cret")
    lines = {line.split()[0]: line for line in tachograph("status", "--settings", "--store", "x").out.splitlines()}
    assert set(lines) == set(SETTINGS)
    assert lines["host"].split(maxsplit=2)[1:] == ["::1", "file tachograph.toml"]
    assert lines["store"].split()[1:] == ["x", "flag"]
    assert lines["token"].split(maxsplit=2)[1:] == ["(set)", "environment TACHOGRAPH_TOKEN"]


def test_where_a_collector_holds_the_store_commands_go_through_it(tachograph: Command, folder: Path) -> None:
    store = str(folder / "held.duckdb")
    with running(Settings(store=store, grpc_port=0, http_port=0)) as collector:
        at = ("--http-port", str(collector.http_port), "--store", store)
        imported = tachograph("import", "five.jsonl", *at)
        counted = tachograph("query", "runs_count", *at)
        status = tachograph("status", *at)
        replayed = tachograph("rejects", "replay", *at)
    assert imported.out == "received 5: stored 5, duplicate 0, conflict 0, rejected 0\n"
    assert imported.err == f"(sending to the collector at {collector.http_url})\n"
    assert (counted.out, counted.err) == ("runs\n   1\n", "")
    assert f"collector    running at {collector.http_url}, process" in status.out
    assert replayed.out == "replayed 0: stored 0, duplicate 0, conflict 0, rejected 0\n"


def test_rejects_of_an_import_through_a_collector_name_file_and_line(tachograph: Command, folder: Path) -> None:
    (folder / "bäd.jsonl").write_text('{"run_id":"r","final":"success"}\nnonsense\n')
    with running(Settings(store=str(folder / "held.duckdb"), grpc_port=0, http_port=0)) as collector:
        ended = tachograph("import", "bäd.jsonl", "--http-port", str(collector.http_port))
        listed = tachograph("rejects", "list", "--http-port", str(collector.http_port))
    assert "bäd.jsonl: line 2: line: not JSON" in ended.err
    (row,) = [line for line in listed.out.splitlines() if "not JSON" in line]
    assert "bäd.jsonl     2  " in row


def test_a_store_held_by_another_process_is_named_with_its_pid(tachograph: Command, folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", "import duckdb; c = duckdb.connect('held.duckdb'); print('open', flush=True); input()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        ended = tachograph("query", "runs_count", "--store", "held.duckdb")
        holder.communicate("\n")
    assert ended.code == 3
    assert ended.err.startswith(f"tachograph: {folder / 'held.duckdb'} is held by process {holder.pid} (python")


def test_a_taken_port_is_named_with_the_flag_that_chooses_another(tachograph: Command, folder: Path) -> None:
    with running(Settings(store=str(folder / "a.duckdb"), grpc_port=0, http_port=0)) as collector:
        ended = tachograph("collect", "--store", "b.duckdb", "--http-port", str(collector.http_port))
    assert ended.code == 3
    assert ended.err.startswith(f"tachograph: OTLP/HTTP cannot listen on 127.0.0.1:{collector.http_port}: ")
    assert "choose another with --http-port" in ended.err
    assert not (folder / "b.duckdb").exists()


def test_follow_goes_on_until_it_is_told_to_stop(folder: Path) -> None:
    log = folder / "growing.jsonl"
    log.write_text(FIVE_LINES)
    with running(Settings(store=str(folder / "held.duckdb"), grpc_port=0, http_port=0)) as collector:
        counts = lambda: collector.store.cursor().execute("select count(*) from ledger.run_ends").fetchall()[0][0]  # noqa: E731
        environ = {"TACHOGRAPH_HTTP_PORT": str(collector.http_port)}
        with child("import", "--follow", str(log), folder=folder, environ=environ) as process:
            eventually(lambda: counts() == 1, "the first lines are stored")
            with log.open("a") as file:
                file.write('{"run_id":"later","final":"success"}\n')
            eventually(lambda: counts() == 2, "the added line is stored")
            process.terminate()
            assert process.wait(30) == 0
    assert (folder / "stdout").read_text() == "received 6: stored 6, duplicate 0, conflict 0, rejected 0\n"


def test_help_and_version(tachograph: Command) -> None:
    helped = tachograph("--help")
    assert helped.code == 0
    for command in (
        "demo",
        "up",
        "collect",
        "dashboard",
        "import",
        "query",
        "queries",
        "export-run",
        "rejects",
        "status",
    ):
        assert command in helped.out
    assert "Exit codes" in helped.out
    assert tachograph("--version").out.startswith("tachograph 0.")


@pytest.mark.parametrize("command", ["demo", "up", "collect", "dashboard", "import", "query", "export-run", "status"])
def test_every_command_explains_itself_with_an_example(tachograph: Command, command: str) -> None:
    helped = tachograph(command, "--help")
    assert helped.code == 0
    assert "Example" in helped.out
    assert f"tachograph {command}" in helped.out
