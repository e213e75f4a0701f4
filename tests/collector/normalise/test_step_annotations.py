"""What spans say of how good something was becomes annotations, once, and never a verification."""

import json
from datetime import UTC, datetime

from collector.model import Delivery, Signal, Source
from collector.pipeline import Pipeline
from collector.store import open_store
from tests.collector.normalise.test_spans import TRACE, normalised, request

JUDGED = {
    "spans": [
        {
            "name": "answer",
            "attributes": {
                "openinference.span.kind": "LLM",
                "evaluations.1.evaluation.name": "tone",
                "evaluations.1.evaluation.score": 0.5,
                "evaluations.0.evaluation.name": "hallucination",
                "evaluations.0.evaluation.label": "hallucinated",
                "evaluations.0.evaluation.score": 1,
                "evaluations.0.evaluation.annotator_kind": "LLM",
                "evaluations.0.evaluation.explanation": "no such order",
                "trace.annotations.0.annotation.name": "helpful",
                "trace.annotations.0.annotation.label": "no",
                "trace.annotations.0.annotation.annotator_kind": "HUMAN",
            },
        },
        {
            "name": "chat",
            "parent": 1,
            "events": [
                {
                    "name": "gen_ai.evaluation.result",
                    "attributes": {"gen_ai.evaluation.name": "relevance", "gen_ai.evaluation.score.value": 0.25},
                }
            ],
        },
        {"name": "quiet", "parent": 1},
    ]
}
STEP = (1).to_bytes(8, "big").hex()


def test_evaluations_and_annotations_of_spans_and_traces() -> None:
    found = normalised(JUDGED).step_annotations
    assert found is not None
    said = [
        (row["step_row"], row["step_id"], row["label"], row["annotated_by"], row["note"]) for row in found.to_pylist()
    ]
    assert said == [
        (0, STEP, "hallucination: hallucinated", "LLM", "no such order"),
        (0, STEP, "tone: 0.5", None, None),
        (0, None, "helpful: no", "HUMAN", None),
        (1, (2).to_bytes(8, "big").hex(), "relevance: 0.25", None, None),
    ]
    first, *_, of_trace, _ = found.to_pylist()
    assert json.loads(first["attributes"])["score"] == 1
    assert json.loads(of_trace["attributes"])["target"] == "trace"
    assert {row["run_id"] for row in found.to_pylist()} == {TRACE.hex()}
    assert first["annotated_at"].isoformat() == "2026-11-18T11:00:02"


def test_spans_that_judge_nothing_have_none() -> None:
    assert normalised({"spans": [{"name": "quiet", "attributes": {"annotations": "x"}}]}).step_annotations is None


def test_sent_twice_is_stored_once_and_counts_as_one_span_each() -> None:
    store = open_store(":memory:")
    pipeline = Pipeline(store, gather_s=0)
    pipeline.start()
    try:
        delivery = Delivery(Signal.TRACES, Source.OTLP_HTTP, request(JUDGED), datetime(2026, 11, 18, 12, tzinfo=UTC))
        first, second = (pipeline.submit(delivery).result(timeout=60) for _ in range(2))
        cursor = store.cursor()
        stored = cursor.execute("select label from ledger.annotations order by label").fetchall()
        verified = cursor.execute("select count(*) from ledger.verifications").fetchall()
        cursor.close()
    finally:
        pipeline.stop()
        store.close()
    assert (first.received, first.stored, second.stored, second.duplicate) == (3, 3, 0, 3)
    assert [label for (label,) in stored] == [
        "hallucination: hallucinated",
        "helpful: no",
        "relevance: 0.25",
        "tone: 0.5",
    ]
    assert verified == [(0,)]
