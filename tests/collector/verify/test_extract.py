"""Extracts as rows: each format, and SQL that sees its own tables and nothing else."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collector.errors import SettingsError
from collector.verify.extract import Extract, rows_of

ROWS = [{"run_id": "0042", "verified": "success"}]


def test_every_format_gives_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("run_id,verified\n0042,success\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"run_id,verified\n0042,success\n"))
    (tmp_path / "c.jsonl").write_text('{"run_id":"0042","verified":"success"}\n')
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "d.parquet")
    for path in sorted(tmp_path.iterdir()):
        assert rows_of(Extract([path])).to_pylist() == ROWS, path.name


def test_sql_joins_the_files_that_it_was_given(tmp_path: Path) -> None:
    (tmp_path / "orders.csv").write_text("order_id,amount\n007,2.50\n")
    (tmp_path / "paid.csv").write_text("order_id,amount\n007,2.5\n")
    sql = tmp_path / "q.sql"
    sql.write_text(
        "select order_id as run_id, orders.amount as expected_a, paid.amount as actual_a "
        "from orders join paid using (order_id)"
    )
    found = rows_of(Extract([tmp_path / "orders.csv", tmp_path / "paid.csv"], sql))
    assert found.to_pylist() == [{"run_id": "007", "expected_a": 2.5, "actual_a": 2.5}]


SEALED = [
    ("select * from read_csv('{secret}')", "file system operations are disabled"),
    ("select * from '{secret}'", "file system operations are disabled"),
    ("copy (select 1) to '{secret}.copy'", "must be one SELECT"),
    ("attach '{secret}.db'", "must be one SELECT"),
    ("set enable_external_access = true; select 1", "must be one SELECT"),
    ("select 1; select 2", "must be one SELECT"),
    ("select * from rows_of", "does not exist"),
    ("selec 1", "syntax error"),
]


@pytest.mark.parametrize(("text", "said"), SEALED, ids=[text for text, _ in SEALED])
def test_sql_sees_nothing_else(tmp_path: Path, text: str, said: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    sql = tmp_path / "q.sql"
    sql.write_text(text.format(secret=secret))
    with pytest.raises(SettingsError, match=said) as refusal:
        rows_of(Extract([], sql))
    assert str(sql) in str(refusal.value)
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["q.sql", "secret.csv"]


def test_a_file_that_is_none_or_of_no_known_kind_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("x")
    (tmp_path / "broken.parquet").write_text("x")
    for name, said in (
        ("x.xlsx", "must be CSV, Parquet"),
        ("no.csv", "no such file"),
        ("broken.parquet", "cannot be read"),
    ):
        with pytest.raises(SettingsError, match=said):
            rows_of(Extract([tmp_path / name]))
