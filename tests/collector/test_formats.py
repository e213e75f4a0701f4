"""Formats of an answer: exact money, null for unknown, Z for UTC, and no formula in a CSV."""

import io
import re
import zipfile
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


def cells(body: bytes, sheet: int) -> str:
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return book.read(f"xl/worksheets/sheet{sheet}.xml").decode()


def test_a_workbook_has_text_that_wants_to_be_a_formula_as_text() -> None:
    body = encode(answer("words"), Format.XLSX)
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        styles = book.read("xl/styles.xml").decode()
        assert not [name for name in book.namelist() if "calcChain" in name or "externalLink" in name]
    sheet = cells(body, 1)
    assert "<t>=1+1</t>" in texts
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    (quoted,) = {match[1] for match in re.finditer(r'<c r="A[23456]" s="(\d+)" t="s">', sheet)} - {""}
    assert 'quotePrefix="1"' in re.findall(r"<xf [^>]*>", styles.split("<cellXfs")[1])[int(quoted)]


def test_a_workbook_keeps_numbers_times_and_nothing() -> None:
    sheet = cells(encode(answer("kinds"), Format.XLSX), 1)
    assert "<v>38.5</v>" in sheet
    assert re.search(r"<v>1[eE]-0?9</v>", sheet)
    assert '<c r="D2"' not in sheet  # null is an empty cell
    assert "9223372036854775807" not in sheet  # more digits than a number of a workbook has: text


def test_a_workbook_says_what_its_rows_rest_on() -> None:
    with memory_store() as store:
        body = encode(Reader(store, queries=QUERIES).run("numbers", {"count": "2"}), Format.XLSX)
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        texts = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    assert {"query", "numbers", "parameter count", "2", "rows", "data version"} <= set(texts)
