"""A provider's bill: all of it is right, or each wrong line is named and nothing is read."""

from datetime import date
from decimal import Decimal

import pytest

from collector.bills.reading import BillLine, read_bill
from collector.errors import QueryError

HEAD = b"day,provider,model,amount_usd"


def test_lines_with_all_columns_in_any_order_and_case() -> None:
    body = (
        b"\xef\xbb\xbfInvoice_ID,Amount_USD,Day,Provider,Model,Tokens,Currency\r\n"
        b"INV-1,12.340000001,2026-11-03,openai,gpt-4.1,1000,usd\r\n\r\n"
        b',-3,2026-11-04,"openai, inc.",,,\r\n'
    )
    assert read_bill(body, "a.csv") == (
        BillLine(2, date(2026, 11, 3), "openai", "gpt-4.1", Decimal("12.340000001"), 1000, "INV-1"),
        BillLine(4, date(2026, 11, 4), "openai, inc.", None, Decimal(-3), None, None),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"3/11/2026,p,m,1", "line 2: day '3/11/2026' must be a day such as 2026-11-01"),
        (b"2026-11-03,,m,1", "line 2: provider is missing"),
        (b"2026-11-03,p,m,", "amount_usd '' must be an amount"),
        (b"2026-11-03,p,m,1.0000000001", "at most 9 decimals"),
        (b"2026-11-03,p,m,NaN", "amount_usd 'NaN'"),
        (b"2026-11-03,p,m,-Infinity", "amount_usd '-Infinity'"),
        (b"2026-11-03,p,m,1e30", "amount_usd '1e30'"),
        (b'2026-11-03,p,m,"1,5"', "amount_usd '1,5'"),
        (b"2026-11-03,p,m", "line 2: has 3 cells, the header 4"),
        (b'2026-11-03,p,"m', "is no CSV"),
        (b"\xff", "is no text in UTF-8"),
        (b"", "has no lines below its header"),
    ],
)
def test_a_wrong_line_is_named(line: bytes, said: str) -> None:
    with pytest.raises(QueryError) as refused:
        read_bill(HEAD + b"\n" + line, "a.csv")
    assert said in str(refused.value)
    assert "a.csv" in str(refused.value)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"day,provider,amount_usd", "missing: model"),
        (HEAD + b",cost", "unknown: cost"),
        (HEAD + b",day", "once each"),
        (b"", "missing: day, provider, model, amount_usd"),
    ],
)
def test_a_wrong_header_is_refused(head: bytes, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        read_bill(head + b"\n2026-11-03,p,m,1,1\n", "a.csv")


@pytest.mark.parametrize(("tokens", "is_right"), [(b"12", True), (b"-1", False), (b"1.5", False), (b"9" * 20, False)])
def test_tokens_are_whole_numbers(tokens: bytes, is_right: bool) -> None:
    body = HEAD + b",tokens\n2026-11-03,p,m,1," + tokens
    if is_right:
        assert read_bill(body, "a.csv")[0].tokens == 12
    else:
        with pytest.raises(QueryError, match="must be a whole number"):
            read_bill(body, "a.csv")


def test_other_currencies_and_many_wrong_lines() -> None:
    body = HEAD + b",currency\n" + b"2026-11-03,p,m,1,EUR\n" * 12
    with pytest.raises(QueryError) as refused:
        read_bill(body, "a.csv")
    said = str(refused.value)
    assert "line 2: currency 'EUR': only USD" in said
    assert said.endswith("and 2 more lines")
