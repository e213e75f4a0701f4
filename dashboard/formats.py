"""Numbers and times as people read them here. Pure; None is always the caller's word for 'unknown', never 0."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

THIN = "\u202f"  # keeps a number and its unit on one line
MINUS = "\u2212"
Number = int | float | Decimal


def count(value: int | None) -> str:
    """1322 → 1,322."""
    return "–" if value is None else f"{value:,}".replace("-", MINUS)


def share(value: float | None, digits: int = 1) -> str:
    """0.912 → 91.2 %."""
    return "–" if value is None else f"{value * 100:.{digits}f}{THIN}%"


def signed_share(value: float) -> str:
    """0.0714 → +7.1 %."""
    return f"{_signed(value * 100, 1)}{THIN}%"


def points(value: float) -> str:
    """A change of a share, signed: −0.012 → −1.2 pp."""
    return f"{_signed(value * 100, 1)}{THIN}pp"


def money(value: Number | None) -> str:
    """US dollars: whole ones from 1,000, cents from 10 cents, else hundredths of a cent; never rounded to nothing."""
    if value is None:
        return "–"
    amount = Decimal(str(value))
    return f"{MINUS if amount < 0 else ''}${_digits(abs(amount))}"


def exact_money(value: Number) -> str:
    """US dollars with every digit that the amount has, cents at least: 0.0001875 → $0.0001875."""
    amount = Decimal(str(value)).normalize()
    digits = f"{abs(amount):,f}"
    whole, _, fraction = digits.partition(".")
    return f"{MINUS if amount < 0 else ''}${whole}.{fraction.ljust(2, '0')}"


def money_change(value: Number) -> str:
    """A signed amount: +$0.05."""
    amount = Decimal(str(value))
    sign = MINUS if amount < 0 else "+" if amount else "±"
    digits = _digits(abs(amount))
    return f"{sign}${digits.removesuffix('00') if digits.startswith('0.') and len(digits) > 4 else digits}"


def decimal(value: float | None, digits: int = 1) -> str:
    """4.731 → 4.7."""
    return "–" if value is None else f"{value:,.{digits}f}".replace("-", MINUS)


def decimal_change(value: float, digits: int = 1) -> str:
    """A signed number: +0.2."""
    return _signed(value, digits)


def duration(milliseconds: float | None) -> str:
    """820 → 820 ms, 4100 → 4.1 s, 125000 → 2 min 05 s, 3720000 → 1 h 02 min, 259200000 → 3 d 00 h."""
    if milliseconds is None:
        return "–"
    if milliseconds < 1000:
        return (
            f"{milliseconds:.0f}{THIN}ms" if milliseconds >= 1 or milliseconds == 0 else f"{milliseconds:.2f}{THIN}ms"
        )
    seconds = milliseconds / 1000
    if seconds < 59.95:
        return f"{seconds:.1f}{THIN}s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes}{THIN}min {rest:02d}{THIN}s"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours}{THIN}h {minutes:02d}{THIN}min"
    days, hours = divmod(hours, 24)
    return f"{days}{THIN}d {hours:02d}{THIN}h"


def duration_change(milliseconds: float, whole_ms: float) -> str:
    """A signed duration, in tenths of a second where the whole is seconds: +0.4 s, −83 ms, +1 min 35 s."""
    size = abs(milliseconds)
    shown = f"{size / 1000:.1f}{THIN}s" if size < 1000 <= whole_ms else duration(size)
    return f"{MINUS if milliseconds < 0 else '+'}{shown}"


def tick(milliseconds: float) -> str:
    """A round time on an axis: 500 ms, 2 s, 15 min, 1 h 30 min."""
    units = ((3_600_000, "h"), (60_000, "min"), (1000, "s"), (1, "ms"))
    parts, rest = [], milliseconds
    for length, unit in units[:-1]:
        whole, rest = divmod(rest, length)
        if whole:
            parts.append(f"{whole:.0f}{THIN}{unit}")
    if not parts:
        return f"{rest:g}{THIN}ms" if rest else "0"
    if not rest:
        return " ".join(parts)
    return " ".join([*parts, f"{rest / 1000:g}{THIN}s"]) if rest >= 1000 else f"{milliseconds / 1000:g}{THIN}s"


def size(value: int | None) -> str:
    """Bytes in binary units: 1536 → 1.5 KiB."""
    if value is None:
        return "–"
    amount = float(value)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if amount < 1024:
            return f"{amount:.0f}{THIN}{unit}" if unit == "B" else f"{amount:.1f}{THIN}{unit}"
        amount /= 1024
    return f"{amount:.1f}{THIN}TiB"


def moment(value: datetime | None, *, seconds: bool = False, year: bool = False) -> str:
    """UTC, and says so: 22 Nov 13:40 UTC."""
    if value is None:
        return "–"
    value = _utc(value)
    clock = "%H:%M:%S" if seconds else "%H:%M"
    return f"{value.day} {value.strftime('%b %Y' if year else '%b')} {value.strftime(clock)} UTC"


def local_moment(value: datetime | None, zone: str | None) -> str | None:
    """The same instant in the reader's zone, or None where that zone is UTC or unknown."""
    if value is None or not zone:
        return None
    try:
        there = _utc(value).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        return None
    if there.utcoffset() == _utc(value).utcoffset():
        return None
    return f"{there.day} {there.strftime('%b %H:%M:%S')} {zone.replace('_', ' ')}"


def day(value: date) -> str:
    """13 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def days(start: date, end: date) -> str:
    """Both days included: 9–15 Nov 2026, 26 Oct – 1 Nov 2026."""
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end.strftime('%b %Y')}"
    first = f"{start.day} {start.strftime('%b')}" + ("" if start.year == end.year else f" {start.year}")
    return f"{first} – {end.day} {end.strftime('%b %Y')}"


def plural(number: int | None, one: str, many: str | None = None) -> str:
    """1 run, 2 runs."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def shortened(text: str, length: int) -> str:
    """Text cut to a length, with a sign that it was cut."""
    return text if len(text) <= length else text[: length - 1] + "…"


def _digits(amount: Decimal) -> str:
    if amount >= 1000:
        return f"{amount.quantize(Decimal(1), ROUND_HALF_UP):,}"
    if amount and amount < Decimal("0.00005"):
        return f"{amount:.1g}" if amount < Decimal("0.000001") else f"{amount:.6f}"
    if amount and amount < Decimal("0.1"):
        return f"{amount.quantize(Decimal('0.0001'), ROUND_HALF_UP):f}"
    return f"{amount.quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def _signed(value: float, digits: int) -> str:
    shown = f"{abs(value):,.{digits}f}"
    if not float(shown.replace(",", "")):
        return f"±{shown}"
    return f"{MINUS if value < 0 else '+'}{shown}"


def _utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
