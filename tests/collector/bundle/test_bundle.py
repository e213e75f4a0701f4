"""A bundle is the run in another store: the same figures, prices and step to blame; and nothing changed is taken."""

import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from collector.bundle.contents import MANIFEST, Bundle
from collector.bundle.packing import unpack
from collector.cli import run
from collector.errors import InvalidBody
from collector.reader import Reader
from collector.store import open_store
from collector.store.analyses import Analyst
from collector.store.follower import Follower
from tests.collector.cli_runs import unused_port

EVENTS = Path(__file__).parent / "shelves.jsonl"
SETTINGS = """\
hourly_rate_usd = 60
[[prices]]
model = "gpt-4.1"
input_usd_per_mtok = 3
output_usd_per_mtok = 9
[[tool_prices]]
name = "pick"
usd_per_call = 0.25
"""
# 1,000 tokens at $3 and 100 at $9 per million, one pick, 10 minutes at $60 an hour.
COST_USD = Decimal("10.2539")
SHOWN = ("run_header", "run_steps", "run_verifications", "run_costs", "run_annotations", "culprits", "prices_used")
WHERE_IT_LIES = {"batch_id", "prev_run_id", "next_run_id", "ingested_at"}


def command(store: Path, *arguments: str) -> int:
    return run([*arguments, "--store", str(store), "--http-port", str(unused_port())])


def shown(path: Path) -> dict[str, list[dict[str, Any]]]:
    """What the pages of the run ask of a store."""
    store = open_store(str(path))
    try:
        reader = Reader(store, catch_up=Follower(store).catch_up, analyse=Analyst(store, most_s=60).catch_up)
        answers = {name: reader.run(name, {"run_id": "bad"} if name != "prices_used" else {}) for name in SHOWN}
    finally:
        store.close()
    return {
        name: [{key: row[key] for key in row if key not in WHERE_IT_LIES} for row in answer.table.to_pylist()]
        for name, answer in answers.items()
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one bad run and two good ones, priced by its owner's settings; and the bad run's bundle."""
    made = tmp_path_factory.mktemp("bundle")
    (made / "own.toml").write_text(SETTINGS)
    assert command(made / "here.duckdb", "import", str(EVENTS), "--config", str(made / "own.toml")) == 0
    assert command(made / "here.duckdb", "export-run", "bad", "--bundle", str(made / "bad.zip")) == 0
    return made


def test_an_empty_store_shows_what_the_bundle_was_made_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = folder / "there.duckdb"
    assert command(there, "import", str(folder / "bad.zip")) == 0
    assert "as the bundle says" in capsys.readouterr().err
    here = shown(folder / "here.duckdb")
    assert shown(there) == here
    assert here["run_header"][0]["cost_usd"] == COST_USD
    # The comparison with the two passing runs, which are not here, is still among the evidence.
    assert "where 2 passing runs were given A-1041" in str(here["culprits"])


def test_the_same_run_gives_the_same_bytes(folder: Path) -> None:
    assert command(folder / "here.duckdb", "export-run", "bad", "-o", str(folder / "again.zip")) == 0
    assert (folder / "again.zip").read_bytes() == (folder / "bad.zip").read_bytes()


def test_a_store_of_its_own_prices_keeps_them_and_says_what_differs(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = tmp_path / "first.jsonl"
    first.write_text('{"run_id":"x","step":1,"type":"model_call","model":"gpt-4.1","ts":"2026-11-02T09:00:00Z"}\n')
    assert command(tmp_path / "own.duckdb", "import", str(first)) == 0
    assert command(tmp_path / "own.duckdb", "import", str(folder / "bad.zip")) == 0
    said = capsys.readouterr().err
    assert "this store has prices and weights of its own" in said
    assert "run.jsonl: cost_usd: the bundle says 10.253900000, this store" in said


def test_the_manifest_says_what_is_not_captured_and_what_the_answer_rests_on(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bad.zip") as archive:
        manifest = json.loads(archive.read(MANIFEST))
    assert "version of the prompt: nobody said it" in manifest["not_captured"]
    assert "what the model was shown: missing in 1 of 1 steps of kind model_call" in manifest["not_captured"]
    assert "comparison with passing runs that are not in this bundle" in manifest["culprit_rests_on"]
    assert {"schema_version", "sql_version", "product_version"} < manifest.keys()
    assert len(manifest["price_versions"]) == 1


def rewritten(source: Path, target: Path, name: str, body: bytes | None) -> bytes:
    """The bundle with one file replaced (None: left out), as somebody with a zip program would do it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if body is not None:
            new.writestr(name, body)
    return target.read_bytes()


@pytest.mark.parametrize("name", ["events.jsonl", "unit_prices.jsonl", "culprits.jsonl", MANIFEST])
def test_a_changed_file_is_refused_by_its_name(folder: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(folder / "bad.zip") as archive:
        body = archive.read(name)
    at = len(body) // 2
    changed = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
    with pytest.raises(InvalidBody, match=rf"x\.zip: {name} was changed"):
        unpack(rewritten(folder / "bad.zip", tmp_path / "x.zip", name, changed), "x.zip")
    with pytest.raises(InvalidBody, match=name):
        unpack(rewritten(folder / "bad.zip", tmp_path / "x.zip", name, None), "x.zip")


def test_a_file_too_many_and_what_is_no_bundle_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidBody, match=r"more\.jsonl is not in the manifest"):
        unpack(rewritten(folder / "bad.zip", tmp_path / "x.zip", "more.jsonl", b"{}\n"), "x.zip")
    with pytest.raises(InvalidBody, match=r"x\.zip: is no zip file"):
        unpack(b"not a zip", "x.zip")


def refusal(body: bytes, whole: Bundle) -> str | None:
    """Why a bundle is refused; None where it is the whole one."""
    try:
        assert unpack(body, "x.zip") == whole
    except InvalidBody as error:
        return str(error)
    return None


def test_no_changed_byte_is_taken(folder: Path) -> None:
    body, refused = (folder / "bad.zip").read_bytes(), 0
    whole = unpack(body, "x.zip")
    with zipfile.ZipFile(folder / "bad.zip") as archive:
        packed = [(entry.header_offset + 30 + len(entry.filename), entry) for entry in archive.infolist()]
    for begin, entry in packed:
        for at in range(begin, begin + entry.compress_size, 5):
            changed = body[:at] + bytes([body[at] ^ 0x20]) + body[at + 1 :]
            said = refusal(changed, whole)
            refused += bool(said)
            # The bits that fill up the last byte of a packed file mean nothing: the same bundle.
            assert said is None or entry.filename in said
    assert refused > 500


def test_a_changed_bundle_stores_nothing(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewritten(folder / "bad.zip", tmp_path / "x.zip", "costs.jsonl", b'{"amount_usd":"0"}\n')
    assert command(tmp_path / "none.duckdb", "import", str(tmp_path / "x.zip")) == 1
    assert "costs.jsonl was changed" in capsys.readouterr().err
    assert not (tmp_path / "none.duckdb").exists()
