"""One spelling for what means the same: JSON with sorted keys, text without the senders' white space inside JSON."""

import json

import orjson


def canonical(value: object) -> str:
    """JSON of a value, keys sorted. Text that holds a JSON object or list is taken as that; other text stays."""
    if isinstance(value, str):
        document = parsed(value)
        return value if document is None else _dumped(document)
    return _dumped(value)


def parsed(text: object) -> dict[str, object] | list[object] | None:
    """The JSON object or list in a text; None for anything else."""
    if not isinstance(text, str) or text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict | list) else None


def number_or_json(value: object) -> str:
    """A parameter's value as text: 0 and 0.0 are the same temperature."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return canonical(value)
    return f"{value:g}"


def _dumped(value: object) -> str:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS, default=str).decode()
    except TypeError:
        # Whole numbers beyond 64 bits, in what came as a Python literal.
        return json.dumps(value, sort_keys=True, default=str, separators=(",", ":"), ensure_ascii=False)
