"""Which attribute key each canonical value came from."""

from functools import cache

import numpy as np
import pyarrow as pa
import xxhash
from numpy.typing import NDArray

from collector.decode.any_value import json_text
from collector.normalise.resolve import Field, Group


def field_sources(group: Group, fields: dict[str, Field]) -> pa.Array:
    """JSON object field → attribute key for each span. Few combinations exist in a group, so each is written once."""
    names = list(fields)
    key_of = np.append(group.attributes.key, -1)
    keys = list(group.attributes.keys)
    matrix = np.column_stack([key_of[fields[name].chosen] for name in names])
    for column, name in enumerate(names):
        for row, source in fields[name].elsewhere.items():
            matrix[row, column] = _index(keys, source)
    fingerprint = (matrix + 1) @ _mixers(len(names))
    _, first, of_span = np.unique(fingerprint, return_index=True, return_inverse=True)
    written = [
        json_text({name: keys[key] for name, key in zip(names, row, strict=True) if key >= 0})
        for row in matrix[first].tolist()
    ]
    return pa.DictionaryArray.from_arrays(pa.array(of_span.astype(np.int32)), pa.array(written))


def _index(keys: list[str], source: str) -> int:
    if source not in keys:
        keys.append(source)
    return keys.index(source)


@cache
def _mixers(count: int) -> NDArray[np.int64]:
    return np.array([xxhash.xxh3_64_intdigest(bytes([i])) | 1 for i in range(count)], np.uint64).astype(np.int64)
