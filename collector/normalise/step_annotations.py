"""Judgements that spans carry themselves: OpenInference evaluations and annotations, GenAI evaluation events.

They are annotations, whoever judged: a verification is what somebody checked in the real world.
Sources: OpenInference "Annotations and Evaluations"; semantic conventions, `gen_ai.evaluation.result`.
"""

import re
from collections.abc import Iterator

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import xxhash
from numpy.typing import NDArray

from collector.decode.any_value import json_text
from collector.decode.json_columns import json_values
from collector.normalise.resolve import Group

_KEY = re.compile(r"(?:(trace|session)\.)?(evaluations|annotations)\.(\d+)\.(?:evaluation|annotation)\.(\w+)")
_EVENT, _PREFIX = "gen_ai.evaluation.result", "gen_ai.evaluation."
_OF_EVENT = {"name": "name", "score.label": "label", "score.value": "score", "explanation": "explanation"}
_COLUMNS = {
    "step_row": pa.int32(),
    "step_id": pa.string(),
    "content_hash": pa.uint64(),
    "label": pa.string(),
    "annotated_by": pa.string(),
    "note": pa.string(),
    "attributes": pa.string(),
}
_Judgement = tuple[int, str | None, dict[str, object]]


def step_annotations(group: Group, steps: pa.Table, rows: NDArray[np.int64]) -> pa.Table | None:
    """Rows of ledger.annotations with `step_row`, the step that said it; None where none did.

    `rows` holds the row in the group of each step. `label` is "<what was judged>: <label or score>", `annotated_by` the
    kind of judge (HUMAN, LLM, CODE). A judgement of a whole trace or session has no step.
    """
    place = {row: step for step, row in enumerate(rows.tolist())}
    found = [judgement for judgement in (*_indexed(group), *_events(group)) if judgement[0] in place]
    if not found:
        return None
    of_step = steps.take(pa.array([place[row] for row, _, _ in found]))
    run_ids, step_ids = of_step.column("run_id").to_pylist(), of_step.column("step_id").to_pylist()
    lines = [
        _line(place[row], run_id, None if target else step_id, target, said)
        for (row, target, said), run_id, step_id in zip(found, run_ids, step_ids, strict=True)
    ]
    columns = [pa.array(values, kind) for values, kind in zip(zip(*lines, strict=True), _COLUMNS.values(), strict=True)]
    ended = of_step.column("ended_at")
    return (
        pa.table(columns, names=list(_COLUMNS))
        .append_column("run_id", of_step.column("run_id"))
        .append_column("delivery", of_step.column("delivery"))
        .append_column("annotated_at", ended)
        .append_column("time_basis", pc.if_else(pc.is_valid(ended), "event", "ingest"))
    )


def _indexed(group: Group) -> Iterator[_Judgement]:
    """`evaluations.N.evaluation.<member>`; with `trace.` or `session.` before it, of that instead of the span."""
    judged: dict[tuple[int, str, str, int], dict[str, object]] = {}
    for key in group.attributes.keys:
        match, rows = _KEY.fullmatch(key), group.rows(key)
        if match is None or rows is None:
            continue
        values = json_values(group.attributes.values.take(pa.array(rows))).to_pylist()
        for row, value in zip(group.attributes.span[rows].tolist(), values, strict=True):
            place = (row, match[1] or "", match[2], int(match[3]))
            judged.setdefault(place, {})[match[4]] = orjson.loads(value)
    for (row, target, _, _), said in sorted(judged.items(), key=lambda item: item[0]):
        yield row, target or None, said


def _events(group: Group) -> Iterator[_Judgement]:
    for row in group.rows_with_events():
        for event in group.events(row):
            said = event["attributes"]
            if event["name"] == _EVENT and isinstance(said, dict):
                yield row, None, {_member(str(key)): value for key, value in said.items()}


def _member(key: str) -> str:
    return _OF_EVENT.get(key.removeprefix(_PREFIX), key)


def _line(step_row: int, run_id: str, step_id: str | None, target: str | None, said: dict[str, object]) -> list[object]:
    attributes = json_text({**said, **({"target": target} if target else {})})
    identity = f"{run_id}\x00{step_id or ''}\x00{attributes}"
    score = next((word for name in ("label", "score") if (word := _word(said.get(name)))), None)
    parts = [part for part in (_word(said.get("name")), score) if part]
    return [
        step_row,
        step_id,
        xxhash.xxh3_64_intdigest(identity.encode("utf-8", "surrogatepass")),
        ": ".join(parts) or None,
        _word(said.get("annotator_kind")),
        _word(said.get("explanation")),
        attributes,
    ]


def _word(value: object) -> str | None:
    if isinstance(value, str):
        return value or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
