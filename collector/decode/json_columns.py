"""JSON objects out of columns, without a Python object per value: the hot half of keeping what senders say."""

import base64
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from collector.decode.any_value import array_json, json_text, kvlist_json
from collector.decode.spans import Attributes

_NEEDS_ESCAPE = r'["\\\x00-\x1f]'


def json_objects(attributes: Attributes, rows: NDArray[np.int64], span_count: int) -> pa.StringArray:
    """One JSON object per span of the given attribute rows (ascending); null for a span without any."""
    values = json_values(attributes.values.take(pa.array(rows)))
    prefixes = pa.array([json_text(key) + ":" for key in attributes.keys], pa.string())
    members = pc.binary_join_element_wise(prefixes.take(pa.array(attributes.key[rows])), values, "")
    counts = np.bincount(attributes.span[rows], minlength=span_count)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
    bodies = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), members), ",")
    objects = pc.binary_join_element_wise("{", bodies, "}", "")
    return pc.if_else(pa.array(counts > 0), objects, pa.scalar(None, pa.string()))


def json_values(values: pa.StructArray) -> pa.StringArray:
    """JSON text of each AnyValue; "null" for one that holds nothing."""
    return pc.coalesce(
        _quoted(values.field("string_value")),
        values.field("int_value").cast(pa.string()),
        _doubles(values.field("double_value")),
        values.field("bool_value").cast(pa.string()),
        _nested(values),
        pa.scalar("null"),
    )


def texts(values: pa.StructArray) -> pa.StringArray:
    """Each AnyValue as text: a string as it is, all else as JSON; null for one that holds nothing."""
    return pc.coalesce(
        values.field("string_value"),
        values.field("int_value").cast(pa.string()),
        _doubles(values.field("double_value")),
        values.field("bool_value").cast(pa.string()),
        _nested(values),
    )


def _quoted(strings: pa.StringArray) -> pa.StringArray:
    quoted = pc.binary_join_element_wise('"', strings, '"', "")
    special = pc.fill_null(pc.match_substring_regex(strings, _NEEDS_ESCAPE), False)
    if not pc.any(special).as_py():
        return quoted
    escaped = [json_text(text) for text in strings.filter(special).to_pylist()]
    return pc.replace_with_mask(quoted, special, pa.array(escaped, pa.string()))


def _doubles(numbers: pa.DoubleArray) -> pa.StringArray:
    text = numbers.cast(pa.string())
    finite = pc.fill_null(pc.is_finite(numbers), True)
    if pc.all(finite).as_py():
        return text
    infinite = pc.if_else(pc.greater(numbers, 0), '"Infinity"', '"-Infinity"')
    return pc.if_else(finite, text, pc.if_else(pc.is_nan(numbers), '"NaN"', infinite))


def _nested(values: pa.StructArray) -> pa.StringArray:
    return pc.coalesce(
        _decoded(values.field("array_value"), array_json),
        _decoded(values.field("kvlist_value"), kvlist_json),
        _decoded(values.field("bytes_value"), _base64_json),
    )


def _base64_json(raw: bytes) -> str:
    return json_text(base64.b64encode(raw).decode("ascii"))


def _decoded(encoded: pa.BinaryArray, decode: Callable[[bytes], str]) -> pa.StringArray:
    if encoded.null_count == len(encoded):
        return pa.nulls(len(encoded), pa.string())
    distinct = encoded.dictionary_encode()
    decoded = pa.array([decode(raw) for raw in distinct.dictionary.to_pylist()], pa.string())
    return decoded.take(distinct.indices)
