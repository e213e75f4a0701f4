"""Bills and FOCUS rows on a DuckLake, as on a file."""

from datetime import UTC, datetime

import httpx
import pytest

from collector.client import CollectorClient
from collector.exports.asked import asked
from collector.exports.focus import FocusVersion, focus
from collector.formats import Format
from collector.serve import running
from collector.settings import Settings
from tests.collector.cli_runs import FIVE_LINES
from tests.collector.store.conftest import StoreAddress

pytestmark = [pytest.mark.lake, pytest.mark.slow]
BILL = b"day,provider,model,amount_usd\n2026-11-10,p,m,2.5\n"


def test_a_bill_and_an_export(lake: StoreAddress) -> None:
    """The call of the five lines: 1,420 tokens at $2 and 310 at $8 a million; their day is that of the import."""
    with running(Settings(store=lake.url, lake_data=str(lake.lake_data), grpc_port=0, http_port=0)) as collector:
        header = {"Content-Type": "application/x-ndjson"}
        httpx.post(f"{collector.http_url}/v1/events", content=FIVE_LINES, headers=header, timeout=60)
        client = CollectorClient(collector.http_url)
        assert not client.import_bill(BILL, "bill.csv").is_known
        assert client.import_bill(BILL, "bill.csv").is_known
        assert client.import_bill(BILL.replace(b"2.5", b"2.25"), "bill.csv").superseded == 1
        rows = client.run("economics_reconciliation").table.to_pylist()
        assert [str(row["billed_usd"]) for row in rows if row["provider"] == "p"] == ["2.250000000"]
        done = focus(client, asked("2020-01-01", "2099-12-31"), FocusVersion.V1_4, Format.CSV, datetime.now(UTC))
        assert (str(done.totals.spend_usd), done.rows) == ("0.005320000", 2)
