"""Token buckets as one rule has them: input with its cached tokens, output with its reasoning (standards 2.3).

Whether a sender's input holds its cached tokens, in this order:
1. the sender is known to leave them out (usage_basis.csv): exclusive;
2. the sender's total decides: input + output is inclusive, input + output + cached is exclusive;
3. more cached than input: exclusive;
4. else inclusive, as the conventions say.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

BASES = ("unknown", "inclusive", "exclusive")
_UNKNOWN, _INCLUSIVE, _EXCLUSIVE = range(3)
_Numbers = NDArray[np.int64]
_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Usage:
    """Columns of tokens, all inclusive; `basis` is how the sender counted (null: no usage), `rule` what decided it."""

    columns: dict[str, pa.Array]
    basis: pa.Array
    rule: pa.Array


@dataclass(frozen=True, slots=True)
class _Sent:
    """Buckets as sent; what was not sent is 0."""

    given: _Numbers
    output: _Numbers
    cached: _Numbers
    reasoning: _Numbers
    total: _Numbers
    has_total: _Flags


def settle_usage(said: dict[str, pa.Array], known_exclusive: _Flags) -> Usage:
    """Buckets as sent (null or ≥ 0) to inclusive ones: cached ≤ input, reasoning ≤ output, 1 h ≤ cache write.

    Reads `input_tokens`, `output_tokens`, `cache_read_tokens`, `cache_write_tokens`, `cache_write_1h_tokens`,
    `reasoning_tokens` and `total_tokens`; gives those that the rules may change.
    """
    given, output, reasoning = (_number(said[name]) for name in ("input_tokens", "output_tokens", "reasoning_tokens"))
    read, said_write, written_1h = (
        _number(said[name]) for name in ("cache_read_tokens", "cache_write_tokens", "cache_write_1h_tokens")
    )
    has_input, has_output = _known(said["input_tokens"]), _known(said["output_tokens"])
    has_write, has_1h = _known(said["cache_write_tokens"]), _known(said["cache_write_1h_tokens"])
    write = np.where(has_write, said_write, written_1h)
    sent = _Sent(given, output, read + write, reasoning, _number(said["total_tokens"]), _known(said["total_tokens"]))
    basis, rule = _basis(sent, known_exclusive)
    full = np.where(basis == _EXCLUSIVE, given + sent.cached, given)
    columns = {
        "input_tokens": _column(full, has_input),
        "output_tokens": _column(np.where(_is_apart(sent, full), output + reasoning, output), has_output),
        "cache_write_tokens": _column(write, has_write | has_1h),
        "cache_write_1h_tokens": _column(written_1h, has_1h & (written_1h <= write)),
    }
    any_usage = has_input | has_output | _known(said["cache_read_tokens"]) | has_write | has_1h
    words = np.where(has_input, basis, _UNKNOWN).astype(np.int8)
    return Usage(
        columns,
        pa.DictionaryArray.from_arrays(pa.array(words, mask=~any_usage), pa.array(BASES)),
        _column(rule, has_input),
    )


def _basis(sent: _Sent, known_exclusive: _Flags) -> tuple[_Numbers, _Numbers]:
    """How the sender counted, and the number of the rule that said so."""
    rest = np.where(sent.has_total, sent.total - sent.given - sent.output, -1)
    too_many = sent.cached > sent.given
    choices = [
        (known_exclusive, _EXCLUSIVE, 1),
        ((rest == 0) & ~too_many, _INCLUSIVE, 2),
        (rest == sent.cached, _EXCLUSIVE, 2),
        ((rest == sent.reasoning) & ~too_many, _INCLUSIVE, 2),
        (rest == sent.cached + sent.reasoning, _EXCLUSIVE, 2),
        (too_many, _EXCLUSIVE, 3),
    ]
    where = [condition for condition, _, _ in choices]
    basis = np.select(where, [basis for _, basis, _ in choices], _INCLUSIVE)
    return basis, np.select(where, [rule for _, _, rule in choices], 4)


def _is_apart(sent: _Sent, full: _Numbers) -> _Flags:
    """Whether the sender's output leaves its reasoning out: more reasoning than output, or the total says so."""
    plain = full + sent.output
    by_total = sent.has_total & (sent.total == plain + sent.reasoning) & (sent.total != plain)
    return np.asarray((sent.reasoning > sent.output) | by_total, bool)


def _known(column: pa.Array) -> _Flags:
    return np.asarray(pc.is_valid(column).to_numpy(zero_copy_only=False), bool)


def _number(column: pa.Array) -> _Numbers:
    if column.null_count == len(column):
        return np.zeros(len(column), np.int64)
    return np.asarray(pc.fill_null(column, 0).to_numpy(zero_copy_only=False), np.int64)


def _column(values: _Numbers, known: _Flags) -> pa.Array:
    return pa.array(values, pa.int64(), mask=~known)
