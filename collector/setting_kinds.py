"""The kinds of value a setting can have: how each is written, and how text becomes it.

A kind takes what a person wrote (text in a flag or the environment, a TOML value in the file) and gives the value, or
raises ValueError saying what it should have been.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

_SIZE = re.compile(r"(?i)\s*(\d+(?:\.\d+)?)\s*(?:([kmgt])(i?)b?|b)?\s*")
_EXPONENTS = {"k": 1, "m": 2, "g": 3, "t": 4}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value. `name` stands in help and docs; `show` writes a value the way a person would."""

    name: str
    parse: Callable[[object], Any]
    show: Callable[[Any], str] = str


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text (in the file: within quotes)")
    return value.strip()


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError("must be a whole number")
    try:
        return int(value)
    except ValueError:
        raise ValueError("must be a whole number") from None


def _port(value: object) -> int:
    port = _whole(value)
    if not 0 <= port <= 65535:
        raise ValueError("must be a port, 0 to 65535 (0: any free one)")
    return port


def _count(value: object) -> int:
    count = _whole(value)
    if count < 1:
        raise ValueError("must be a whole number from 1")
    return count


def _days_or_never(value: object) -> int:
    days = 0 if value is None or value == "" else _whole(value)
    if days < 0:
        raise ValueError("must be a whole number of days, 0 or empty for never")
    return days


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError("must be a number of seconds above 0")
    try:
        seconds = float(value)
    except ValueError:
        raise ValueError("must be a number of seconds above 0") from None
    if not 0 < seconds < float("inf"):
        raise ValueError("must be a number of seconds above 0")
    return seconds


def _limit(value: object) -> int:
    number = _whole(value)
    if not 0 <= number < 2**63:
        raise ValueError("must be a whole number from 0")
    return number


def _days(value: object) -> float:
    try:
        return _seconds(value)
    except ValueError:
        raise ValueError("must be a number of days above 0") from None


def parse_size(value: object) -> int:
    """Bytes from 268435456, '256 MiB', '256M' or '1.5 GB'; KB, MB, GB, TB are powers of 1000, all others of 1024."""
    wrong = "must be a size such as 268435456, '256 MiB' or '1 GB'"
    if isinstance(value, int) and not isinstance(value, bool):
        number, letter, base = float(value), "", 1024
    else:
        match = _SIZE.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise ValueError(wrong)
        number, letter = float(match[1]), (match[2] or "").lower()
        decimal_unit = bool(letter) and not match[3] and match[0].strip().lower().endswith("b")
        base = 1000 if decimal_unit else 1024
    size = int(number * base ** _EXPONENTS.get(letter, 0))
    if size < 1:
        raise ValueError(wrong)
    return size


def show_size(size: int) -> str:
    """A size as people write it: '256 MiB' where that is exact, else bytes."""
    for unit, exponent in (("TiB", 4), ("GiB", 3), ("MiB", 2), ("KiB", 1)):
        if size >= 1024**exponent and size % 1024**exponent == 0:
            return f"{size // 1024**exponent} {unit}"
    return str(size)


def _memory(value: object) -> str:
    text = _text(value)
    if text:
        parse_size(text)
    return text


def _url_path(value: object) -> str:
    path = _text(value).strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", path):
        raise ValueError("must be a URL path such as /tachograph")
    return f"/{path}" if path else ""


def _url(value: object) -> str:
    url = _text(value).rstrip("/")
    if url and not re.match(r"https?://[^/]+", url):
        raise ValueError("must be a URL such as http://127.0.0.1:4318")
    return url


def _texts(value: object) -> tuple[str, ...]:
    parts = [_text(part) for part in value] if isinstance(value, list | tuple) else _text(value).split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _rate(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    wrong = "must be an amount in USD above 0 with at most 9 decimals"
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(wrong)
    try:
        rate = Decimal(str(value).strip())
        is_right = 0 < rate < 10**9 and rate == round(rate, 9)
    except InvalidOperation:
        raise ValueError(wrong) from None
    if not is_right:
        raise ValueError(wrong)
    return rate


def choice(*options: str) -> Kind:
    """A kind that takes one of these words."""

    def parse(value: object) -> str:
        word = _text(value).lower()
        if word not in options:
            raise ValueError(f"must be one of {', '.join(options)}")
        return word

    return Kind("|".join(options), parse)


TEXT = Kind("text", _text)
SECRET = Kind("secret", _text, lambda value: "(set)" if value else "")
FILE = Kind("path", _text)
PORT = Kind("port", _port)
COUNT = Kind("number", _count)
DAYS_OR_NEVER = Kind("days", _days_or_never)
SECONDS = Kind("seconds", _seconds, lambda value: f"{value:g}")
LIMIT = Kind("number", _limit)
DAYS = Kind("days", _days, lambda value: f"{value:g}")
SIZE = Kind("size", parse_size, show_size)
MEMORY = Kind("size", _memory)
URL = Kind("url", _url)
URL_PATH = Kind("url path", _url_path)
RATE = Kind("usd", _rate, lambda value: "" if value is None else f"{value:f}")
TEXTS = Kind("list", _texts, ", ".join)


def nearest(word: str, known: Iterable[str]) -> str:
    """'; did you mean X?', or nothing where nothing is near."""
    folded = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    return f"; did you mean '{folded[close[0]]}'?" if close else ""
