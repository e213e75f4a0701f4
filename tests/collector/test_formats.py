"""Formats of an answer: exact money, null for unknown, Z for UTC, and no formula in a CSV."""

import io
from decimal import Decimal
from unittest.mock import ANY

import orjson
import pyarrow as pa
import pyarrow.parquet
import pytest

from collector.accept import wanted_format
from collector.errors import NotAcceptable
from collector.formats import Answer, Format, encode
from collector.reader import Reader
from tests.collector.reading import QUERIES, memory_store


def answer(name: str) -> Answer:
    with memory_store() as store:
        return Reader(store, queries=QUERIES).run(name)


def test_json_keeps_digits_nulls_and_times() -> None:
    text = encode(answer("kinds"), Format.JSON).decode()
    assert '"cost_usd":38.500000000,"tiny_usd":0.000000001,"number":-7,"nothing":null,"missing":null' in text
    assert '"started_at":"2026-11-16T09:00:00.250000Z","list":[1,2],"part":{"a":1.5},"yes":true' in text
    assert '"large":9223372036854775807' in text


def test_json_says_what_it_rests_on() -> None:
    body = orjson.loads(encode(answer("numbers"), Format.JSON))
    assert body == {
        "query": "numbers",
        "rows": [{"number": 0}, {"number": 1}, {"number": 2}],
        "row_count": 3,
        "truncated": False,
        "row_limit": 10000,
        "data_version": ANY,
    }


def test_csv_neutralises_formulas_in_text_and_leaves_numbers_alone() -> None:
    assert encode(answer("words"), Format.CSV).decode().splitlines() == [
        '"word"',
        '"\'=1+1"',
        '"\'+1"',
        '"\'-1"',
        '"\'@x"',
        '"plain"',
        '""',
        "",
        '"\'\ttab"',
    ]
    header, row = encode(answer("kinds"), Format.CSV).decode().splitlines()
    assert header.startswith('"cost_usd","tiny_usd","number"')
    assert row == (
        '"38.500000000","0.000000001",-7,,,"2026-11-16T09:00:00.250000Z","[1,2]","{""a"":1.5}",true,9223372036854775807'
    )


def test_a_carriage_return_starts_a_formula_too() -> None:
    table = pa.table({"word": pa.array(["\r=1"]).dictionary_encode()})
    assert encode(Answer("x", table, False, 1, "0"), Format.CSV) == b'"word"\n"\'\r=1"\n'


@pytest.mark.parametrize("format_", [Format.ARROW, Format.PARQUET])
def test_columnar_formats_keep_types_and_values(format_: Format) -> None:
    source = answer("kinds")
    body = io.BytesIO(encode(source, format_))
    table = pa.ipc.open_stream(body).read_all() if format_ is Format.ARROW else pyarrow.parquet.read_table(body)
    assert table.schema.names == source.table.schema.names
    assert table.column("cost_usd").to_pylist() == [Decimal("38.500000000")]
    assert table.schema.field("cost_usd").type == pa.decimal128(18, 9)


def test_an_empty_answer_has_columns_in_every_format() -> None:
    with memory_store() as store:
        empty = Reader(store, queries=QUERIES).run("numbers", {"count": "0"})
    assert pa.ipc.open_stream(encode(empty, Format.ARROW)).read_all().column_names == ["number"]
    assert encode(empty, Format.CSV) == b'"number"\n'
    assert pyarrow.parquet.read_table(io.BytesIO(encode(empty, Format.PARQUET))).column_names == ["number"]
    assert orjson.loads(encode(empty, Format.JSON))["rows"] == []


ACCEPTS = [
    (None, Format.JSON),
    ("", Format.JSON),
    ("*/*", Format.JSON),
    ("text/csv", Format.CSV),
    ("text/html, text/*;q=0.5", Format.CSV),
    ("Application/JSON", Format.JSON),
    ("application/vnd.apache.arrow.stream", Format.ARROW),
    ("application/vnd.apache.parquet;q=0.9, text/csv;q=0.1", Format.PARQUET),
    ("text/html,application/xhtml+xml,*/*;q=0.8", Format.JSON),
]


@pytest.mark.parametrize(("accept", "format_"), ACCEPTS)
def test_accept_chooses_the_format(accept: str | None, format_: Format) -> None:
    assert wanted_format(accept) is format_


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "text/html;q=x"])
def test_what_cannot_be_given_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable, match="there are application/vnd"):
        wanted_format(accept)
