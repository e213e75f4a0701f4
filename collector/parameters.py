"""The values a reader gives to a named read, as values of the declared types. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime

from collector.errors import QueryError
from collector.setting_kinds import nearest
from queries import Parameter, Query

Bound = str | int | float | bool | datetime | None
_BOOLEANS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_EXPECTED = {
    "bigint": "a whole number",
    "double": "a number",
    "boolean": "true or false",
    "timestamp": "a time such as 2026-11-16 or 2026-11-16T09:00:00Z",
}


def bind(query: Query, given: Mapping[str, str]) -> dict[str, Bound]:
    """A value for every parameter of the query: what was given, else its default.

    Times become naive UTC. Raises QueryError naming the parameter, and the nearest right one where it is unknown.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"query {query.name} has no parameter '{name}'{nearest(name, known) or '; ' + takes}")
    return {
        name: _typed(query, parameter, given[name]) if name in given else parameter.default
        for name, parameter in known.items()
    }


def _typed(query: Query, parameter: Parameter, text: str) -> Bound:
    try:
        return _parse(parameter.type, text)
    except (ValueError, KeyError):
        expected = _EXPECTED.get(parameter.type, f"a {parameter.type}")
        raise QueryError(f"query {query.name}: parameter {parameter.name} must be {expected}, not '{text}'") from None


def _parse(type_: str, text: str) -> Bound:
    match type_:
        case "bigint":
            return _in_64_bits(int(text))
        case "double":
            return float(text)
        case "boolean":
            return _BOOLEANS[text.strip().lower()]
        case "timestamp":
            return _naive_utc(datetime.fromisoformat(text.strip()))
    return text


def _in_64_bits(number: int) -> int:
    if not -(2**63) <= number < 2**63:
        raise ValueError(number)
    return number


def _naive_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
