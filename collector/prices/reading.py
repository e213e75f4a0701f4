"""The user's prices out of tachograph.toml and a CSV file. A wrong entry is refused by file, entry and key."""

import csv
import difflib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from collector.errors import SettingsError
from collector.prices.model import PRICE_NAMES, Prices
from collector.prices.table import ANY, Entry, PriceTable, ToolPrice

_ENTRY_KEYS = ("provider", "model", "service_tier", "from", "to", "min_input_tokens", *PRICE_NAMES)
_TOOL_KEYS = ("name", "usd_per_call", "from", "to")
_MOST_USD = Decimal(10) ** 9
_DIGITS = 9


def read_table(
    models: Iterable[object], tools: Iterable[object], csv_path: str, hourly_rate_usd: Decimal | None, where: str
) -> PriceTable:
    """All prices of the user: `[[prices]]` and `[[tool_prices]]` of the settings file `where`, and the CSV file.

    Raises SettingsError naming the file, the entry, the key, and the nearest right one.
    """
    own = [_entry(_mapping(said, place), place) for said, place in _numbered(models, f"{where}: prices")]
    listed = [_entry(said, place) for said, place in _csv_rows(csv_path)]
    return PriceTable((*own, *listed), _tools(tools, f"{where}: tool_prices"), hourly_rate_usd)


def money(value: object) -> Decimal:
    """An amount in USD from text or a number; raises ValueError saying what it should have been."""
    wrong = f"must be an amount in USD from 0 with at most {_DIGITS} decimals"
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise ValueError(wrong)
    try:
        amount = Decimal(str(value).strip())
        is_right = 0 <= amount < _MOST_USD and amount == amount.quantize(Decimal(1).scaleb(-_DIGITS))
    except InvalidOperation:
        raise ValueError(wrong) from None
    if not is_right:
        raise ValueError(wrong)
    return amount


def _tools(said: Iterable[object], where: str) -> tuple[ToolPrice, ...]:
    tools: list[ToolPrice] = []
    for entry, place in _numbered(said, where):
        tool = _tool(_mapping(entry, place), place)
        for number, other in enumerate(tools, 1):
            if other.name == tool.name and other.overlaps(tool):
                raise SettingsError(
                    f"{place}: '{tool.name}' has a price for some of these days already, in entry {number}"
                )
        tools.append(tool)
    return tuple(tools)


def _numbered(said: Iterable[object], where: str) -> list[tuple[object, str]]:
    return [(entry, f"{where}, entry {number}") for number, entry in enumerate(said, 1)]


def _mapping(said: object, where: str) -> Mapping[str, object]:
    if not isinstance(said, Mapping):
        raise SettingsError(f"{where}: must be a table with keys such as model and input_usd_per_mtok")
    return said


def _csv_rows(csv_path: str) -> list[tuple[Mapping[str, object], str]]:
    if not csv_path:
        return []
    path = Path(csv_path).expanduser()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"prices: {path} cannot be read as CSV: {error}") from error
    reader = csv.DictReader(lines, strict=True)
    try:
        _check_keys([name.strip() for name in reader.fieldnames or []], _ENTRY_KEYS, str(path), "column")
        rows = [(row, f"{path}, line {reader.line_num}") for row in reader]
    except csv.Error as error:
        raise SettingsError(f"{path}, line {reader.line_num}: is no CSV: {error}") from error
    return [(_cells(row, where), where) for row, where in rows]


def _cells(row: Mapping[str | None, object], where: str) -> dict[str, object]:
    if None in row:
        raise SettingsError(f"{where}: has more cells than the header")
    texts = {str(name).strip(): str(cell or "").strip() for name, cell in row.items()}
    return {name: text for name, text in texts.items() if text}


def _check_keys(given: Iterable[str], known: tuple[str, ...], where: str, what: str) -> None:
    for key in given:
        if key not in known:
            close = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
            hint = f"did you mean '{close[0]}'?" if close else f"there are {', '.join(known)}"
            raise SettingsError(f"{where}: '{key}' is no {what} of a price; {hint}")


def _entry(said: Mapping[str, object], where: str) -> Entry:
    _check_keys(said, _ENTRY_KEYS, where, "key")
    if not said.get("model"):
        raise SettingsError(f"{where}: model is missing; name one, or all that begin alike with a '*' at the end")
    prices = Prices(**{name: _money(said, name, where) for name in PRICE_NAMES if name in said})
    if prices.is_empty:
        raise SettingsError(f"{where}: has no price; give one of {', '.join(PRICE_NAMES)}")
    from_day, to_day = _days(said, where)
    model = _text(said, "model", where)
    if ANY in model[:-1]:
        raise SettingsError(f"{where}: model '{model}': a '*' may only stand at the end")
    provider = _text(said, "provider", where)
    return Entry(
        "" if provider == ANY else provider,
        model,
        _text(said, "service_tier", where),
        from_day,
        to_day,
        _tokens(said, where),
        prices,
        where,
    )


def _tool(said: Mapping[str, object], where: str) -> ToolPrice:
    _check_keys(said, _TOOL_KEYS, where, "key")
    for key in ("name", "usd_per_call"):
        if key not in said:
            raise SettingsError(f"{where}: {key} is missing")
    amount = _money(said, "usd_per_call", where)
    return ToolPrice(_text(said, "name", where), amount, *_days(said, where))


def _money(said: Mapping[str, object], key: str, where: str) -> Decimal:
    try:
        return money(said[key])
    except ValueError as error:
        raise SettingsError(f"{where}: {key}: {said[key]!r} {error}") from None


def _text(said: Mapping[str, object], key: str, where: str) -> str:
    value = said.get(key, "")
    if not isinstance(value, str):
        raise SettingsError(f"{where}: {key}: {value!r} must be text (within quotes)")
    return value.strip()


def _tokens(said: Mapping[str, object], where: str) -> int:
    value = said.get("min_input_tokens", 0)
    try:
        tokens = int(value) if isinstance(value, int | str) and not isinstance(value, bool) else -1
    except ValueError:
        tokens = -1
    if not 0 <= tokens < 2**63:
        raise SettingsError(f"{where}: min_input_tokens: {value!r} must be a whole number from 0")
    return tokens


def _days(said: Mapping[str, object], where: str) -> tuple[date | None, date | None]:
    from_day, to_day = (_day(said, key, where) for key in ("from", "to"))
    if from_day and to_day and to_day < from_day:
        raise SettingsError(f"{where}: to ({to_day}) is before from ({from_day}); both days are included")
    return from_day, to_day


def _day(said: Mapping[str, object], key: str, where: str) -> date | None:
    value = said.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(str(value)) if isinstance(value, str) else date.fromisoformat("")
    except ValueError:
        raise SettingsError(f"{where}: {key}: {value!r} must be a day such as 2026-11-01") from None
