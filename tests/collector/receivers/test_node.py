"""The official Node SDK as a client: gRPC, protobuf and JSON over HTTP. Its packages are installed for this test."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent / "node"
NPM, NODE = shutil.which("npm"), shutil.which("node")

pytestmark = [
    pytest.mark.node,
    pytest.mark.slow,
    pytest.mark.skipif(NPM is None or NODE is None, reason="node and npm are not on the path"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sending script beside its installed packages."""
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "send.mjs"):
        shutil.copy(HERE / name, folder)
    install = [str(NPM), "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
    done = subprocess.run(install, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
    if done.returncode and ("ENOTFOUND" in done.stderr or "ECONNREFUSED" in done.stderr or "EAI_AGAIN" in done.stderr):
        pytest.skip("the package registry of npm cannot be reached")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("compression", ["none", "gzip"])
@pytest.mark.parametrize("transport", ["grpc", "proto", "json"])
def test_spans_of_the_node_sdk_are_stored(collector, client: Path, transport: str, compression: str) -> None:
    doors = collector.doors
    url = f"http://127.0.0.1:{doors.grpc.port}" if transport == "grpc" else f"{doors.http.url}/v1/traces"
    send = [str(NODE), "send.mjs", transport, url, compression]
    done = subprocess.run(send, cwd=client, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    child, root = collector.rows("select * from ledger.steps order by parent_step_id nulls last")
    assert root["run_id"] == child["run_id"] == done.stdout.strip()
    assert (child["parent_step_id"], child["kind"], child["name"]) == (root["step_id"], "tool_call", "lookup_order")
    assert (child["status"], child["error_message"]) == ("error", "not found")
    attributes = json.loads(child["attributes"])
    assert attributes["cut"] == "refund \ufffd"
    assert (attributes["large"], attributes["texts"]) == (2**53 - 1, ["ä", ""])
    resource = json.loads(collector.row("select resource from ledger.resources")["resource"])
    assert resource["attributes"]["service.name"] == "node-checkout"
