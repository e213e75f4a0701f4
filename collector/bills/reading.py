"""A provider's bill out of a CSV file. Pure. All of it is right, or it is refused with the lines that are wrong."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from collector.errors import QueryError

NEEDED = ("day", "provider", "model", "amount_usd")
OPTIONAL = ("tokens", "invoice_id", "currency")
_MOST_USD = Decimal(10) ** 12
_MOST_TOKENS = 2**63 - 1
_MOST_SAID = 10
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: what a provider billed for a model on a day (UTC). `model` None: an amount of no model."""

    line: int
    day: date
    provider: str
    model: str | None
    amount_usd: Decimal
    tokens: int | None
    invoice_id: str | None


def read_bill(body: bytes, where: str) -> tuple[BillLine, ...]:
    """The lines of the file `where`. Raises QueryError naming the columns or each line that is wrong, and why.

    Columns: day, provider, model, amount_usd; tokens, invoice_id and currency (USD only) may be left out.
    """
    lines: list[BillLine] = []
    problems: list[str] = []
    for number, cells in _rows(body, where):
        try:
            lines.append(_line(number, cells))
        except ValueError as error:
            problems.append(f"line {number}: {error}")
    if problems:
        more = f"; and {len(problems) - _MOST_SAID:,} more lines" if len(problems) > _MOST_SAID else ""
        raise QueryError(f"{where}: nothing was imported: {'; '.join(problems[:_MOST_SAID])}{more}")
    if not lines:
        raise QueryError(f"{where}: has no lines below its header")
    return tuple(lines)


def _rows(body: bytes, where: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(f"{where}: is no text in UTF-8: {error}") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        _check_names(names, where)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(names):
                raise QueryError(f"{where}, line {reader.line_num}: has {len(cells)} cells, the header {len(names)}")
            yield reader.line_num, {name: cell.strip() for name, cell in zip(names, cells, strict=True)}
    except csv.Error as error:
        raise QueryError(f"{where}, line {reader.line_num}: is no CSV: {error}") from None


def _check_names(names: list[str], where: str) -> None:
    missing = [name for name in NEEDED if name not in names]
    unknown = [name for name in names if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown or len(set(names)) < len(names):
        raise QueryError(
            f"{where}: the header must name {', '.join(NEEDED)}, once each, and may name {', '.join(OPTIONAL)}"
            + (f"; missing: {', '.join(missing)}" if missing else "")
            + (f"; unknown: {', '.join(unknown)}" if unknown else "")
        )


def _line(number: int, cells: Mapping[str, str]) -> BillLine:
    if cells.get("currency", "").upper() not in ("", "USD"):
        raise ValueError(f"currency {cells['currency']!r}: only USD can be compared with estimates")
    if not cells["provider"]:
        raise ValueError("provider is missing")
    return BillLine(
        number,
        _day(cells["day"]),
        cells["provider"],
        cells["model"] or None,
        _amount(cells["amount_usd"]),
        _tokens(cells.get("tokens", "")),
        cells.get("invoice_id") or None,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"day {text!r} must be a day such as 2026-11-01") from None


def _amount(text: str) -> Decimal:
    wrong = f"amount_usd {text!r} must be an amount in USD with at most {_DIGITS} decimals, such as 12.34"
    try:
        amount = Decimal(text)
        is_right = abs(amount) < _MOST_USD and amount == amount.quantize(Decimal(1).scaleb(-_DIGITS))
    except InvalidOperation:
        raise ValueError(wrong) from None
    if not is_right:
        raise ValueError(wrong)
    return amount


def _tokens(text: str) -> int | None:
    if not text:
        return None
    if not text.isascii() or not text.isdecimal() or int(text) > _MOST_TOKENS:
        raise ValueError(f"tokens {text!r} must be a whole number")
    return int(text)
