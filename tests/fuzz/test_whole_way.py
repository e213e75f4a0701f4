"""Any body through pipeline and store: an answer each time, and the balance holds at the end."""

from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from collector.errors import InvalidBody
from collector.model import Delivery, Receipt, Signal, Source
from tests.collector.conftest import run_collector
from tests.fuzz.bodies import EVENTS, PROTOBUF, edited, event_documents
from tests.fuzz.bounded import run

_bodies = st.one_of(
    *(st.tuples(st.just(Signal(signal)), edited(bodies)) for signal, bodies in PROTOBUF.items()),
    st.tuples(st.just(Signal.EVENTS), edited(EVENTS) | event_documents),
)


def test_every_body_is_answered_and_balanced(tmp_path: Path) -> None:
    with run_collector(tmp_path / "fuzz.duckdb") as collector:

        def try_some(bodies: list[tuple[Signal, bytes]]) -> None:
            now = datetime.now(UTC)
            answers = [
                collector.pipeline.submit(Delivery(signal, Source.OTLP_HTTP, body, now)) for signal, body in bodies
            ]
            for answer in answers:
                try:
                    receipt = answer.result(60)
                except InvalidBody:
                    continue
                assert isinstance(receipt, Receipt)
                ended = receipt.stored + receipt.duplicate + receipt.conflict + receipt.rejected
                assert receipt.received == ended
                assert not any("a fault of tachograph" in reason for reason in receipt.reasons), receipt.reasons

        run(st.lists(_bodies, min_size=1, max_size=20), try_some)
        unbalanced = (
            "select count(*) as n from ledger.batches where received <> stored + duplicate + conflict + rejected"
        )
        assert collector.row(unbalanced) == {"n": 0}
        twice = "select count(*) as n from (select 1 from ledger.steps group by run_id, step_id having count(*) > 1)"
        assert collector.row(twice) == {"n": 0}
