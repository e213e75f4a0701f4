"""`import`: files of step events or OTLP into the store."""

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.commands.exits import Exit, complain, say
from collector.commands.import_bundle import import_bundle, is_bundle
from collector.commands.options import READING, with_settings
from collector.commands.serving import stop_on_signals
from collector.errors import SettingsError
from collector.holder import find_collector
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.importing import Submits, Tally
    from collector.receivers.jsonl_file import FileChunk


@with_settings(*READING, "queue_max_bytes", "memory_limit")
def import_files(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE…",
            help=(
                "JSONL step events, OTLP/JSON lines, *.traces.pb, plain or gzip; '-' is stdin; or a bundle of "
                "'export-run' (*.zip)."
            ),
        ),
    ],
    *,
    sourced: Sourced,
    follow: Annotated[
        bool, typer.Option("--follow", help="Go on with what is added to the file, until Ctrl-C.")
    ] = False,
) -> None:
    """Read files into the store, or through the collector that holds it.

    Importing a file twice is harmless: what is stored already counts as a duplicate. Lines that cannot be stored are
    kept with their reason: see 'tachograph rejects list'.

    Examples:

        tachograph import events.jsonl spans.jsonl.gz
        my-agent | tachograph import -
        tachograph import --follow /var/log/agent/events.jsonl
    """
    if follow and (len(files) != 1 or files[0] == "-"):
        raise SettingsError("--follow takes exactly one file, and not '-'")
    if any(map(is_bundle, files)):
        if follow or not all(map(is_bundle, files)):
            raise SettingsError("bundles (*.zip) are imported without --follow and without other files beside them")
        for name in files:
            report(import_bundle(name, sourced))
        return
    # Following ends in good order with Ctrl-C; a read that waits for a pipe must be interrupted by it.
    stopping = stop_on_signals() if follow else nullcontext(threading.Event())
    try:
        with stopping as stop, sink(sourced) as target:
            tally = import_all(files, target, follow=follow, stop=stop)
    except KeyboardInterrupt:
        say("interrupted; import again to go on, nothing is stored twice")
        raise
    report(tally)
    raise typer.Exit(Exit.FAILED if tally.failures else Exit.DONE)


def sink(sourced: Sourced) -> "AbstractContextManager[Submits]":
    """Where the records go: through a running collector, else into the store."""
    from collector.importing import collector_sink, store_sink

    client = find_collector(sourced)
    if client is not None:
        say(f"(sending to the collector at {client.url})")
        return collector_sink(client)
    return store_sink(sourced.settings)


def import_all(files: Sequence[str], target: "Submits", *, follow: bool, stop: threading.Event) -> "Tally":
    """Import the files one after the other, with a progress bar; one that cannot be read is a failure of the tally."""
    from collector.importing import Tally, import_chunks
    from collector.progress import ProgressBar
    from collector.receivers.jsonl_file import read_deliveries

    tally, bar = Tally(), ProgressBar()
    for name in files:
        label = "standard input" if name == "-" else Path(name).name

        def show(chunk: "FileChunk", now: "Tally", label: str = label) -> None:
            share = chunk.bytes_read / chunk.total_bytes if chunk.total_bytes else None
            bar.show(label, share, f"{now.stored:,} stored")

        chunks = until(stop, read_deliveries(name, follow=follow, wait=_waits(stop)))
        tally = import_chunks(chunks, target, tally, show)
    bar.clear()
    return tally


def until(stop: threading.Event, chunks: "Iterator[FileChunk]") -> "Iterator[FileChunk]":
    """The chunks, until somebody says stop; what was sent is stored all the same."""
    for chunk in chunks:
        if stop.is_set():
            say("stopped before the end; import again to go on, nothing is stored twice")
            return
        yield chunk


def report(tally: "Tally") -> None:
    """The balance on stdout, what went wrong on stderr."""
    sys.stdout.write(
        f"received {tally.received:,}: stored {tally.stored:,}, duplicate {tally.duplicate:,}, "
        f"conflict {tally.conflict:,}, rejected {tally.rejected:,}\n"
    )
    for reason in tally.reasons:
        say(f"  {reason}")
    if tally.rejected or tally.conflict:
        say("  'tachograph rejects list' shows all that was not stored, with the reason")
    for failure in tally.failures:
        complain(failure)


def _waits(stop: threading.Event) -> Callable[[], bool]:
    return lambda: not stop.wait(0.25)
