"""`replay`: the agent's own program run again, answered from a recorded run."""

import os
import re
import sys
import time
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collector.commands.access import reads
from collector.commands.exits import say
from collector.commands.options import READING, with_settings
from collector.errors import NotFound, QueryError, SettingsError
from collector.settings_sources import Sourced

if TYPE_CHECKING:
    from collector.replay_live.live import LiveModel
    from collector.replay_live.model import Recording
    from collector.replay_live.session import Session


class ReplayExit(IntEnum):
    """How a replay ends that is not the command's own end; beyond what programs use, as timeout(1) does."""

    DIVERGED = 121
    NOT_RECORDED = 122


@with_settings(*READING, "query_timeout_s")
def replay(
    run_id: Annotated[str, typer.Argument(help="The run, as the pages and queries show it.")],
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="[-- COMMAND…]", help="The agent's own program. Without one: what the record holds."),
    ] = None,
    *,
    sourced: Sourced,
    from_step: Annotated[
        str | None,
        typer.Option(
            "--from-step", metavar="N", help="From this step on the live model answers; before, the record does."
        ),
    ] = None,
    live_base_url: Annotated[
        str | None,
        typer.Option("--live-base-url", metavar="URL", help="The live model, as OPENAI_BASE_URL would name it."),
    ] = None,
    edit: Annotated[
        Path | None, typer.Option("--edit", metavar="FILE", help="A JSON object that changes one recorded answer.")
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="REGEX", help="Text that differs each time, such as dates; repeatable."),
    ] = None,
    keep_telemetry: Annotated[
        bool, typer.Option("--keep-telemetry", help="Let the replayed program send its telemetry, marked as a replay.")
    ] = False,
) -> None:
    """Run an agent again with the models' answers out of a recorded run.

    The command finds OPENAI_BASE_URL, OPENAI_API_BASE, ANTHROPIC_BASE_URL and TACHOGRAPH_REPLAY_MCP_URL set to a local
    endpoint that speaks OpenAI's chat completions and responses, Anthropic's messages, and MCP with the recorded tools.
    It answers from the record and stops the command at the first request that differs, with the difference.

    Tools in the agent's own code run for real: guard those that write, send or pay (TACHOGRAPH_REPLAY_RUN is set while
    replaying). Tools reached over TACHOGRAPH_REPLAY_MCP_URL are answered from the record.

    With --from-step, requests before step N are answered from the record even where they differ (each is noted), and
    from N on they go to --live-base-url with OPENAI_API_KEY or ANTHROPIC_API_KEY of this environment. The command
    itself gets keys that open nothing.

    Exit codes: the command's own where it followed the record to its end; 121 it asked for something else, or ended
    before the record did; 122 the record lacks an answer; 2 and 3 as everywhere.

    Examples:

        tachograph replay 4bf92f3577b34da6a3ce929d0e0e4736

        tachograph replay 4bf92f3577b34da6a3ce929d0e0e4736 -- python agent.py

        tachograph replay RUN --from-step 3 --live-base-url https://api.openai.com/v1 -- python agent.py
    """
    from collector.replay_live.report import listing, plain
    from collector.replay_live.session import Session

    live = _live_model(from_step, live_base_url)
    ignored = [_pattern(text) for text in ignore or []]
    recording = _edited(_recording(sourced, run_id), edit)
    if not command:
        sys.stdout.write(plain(listing(recording), os.environ) + "\n")
        return
    session = Session(recording, from_number=_number(recording, from_step), ignored=ignored)
    raise typer.Exit(_replayed(session, live, command, keeps_telemetry=keep_telemetry))


def _replayed(session: "Session", live: "LiveModel | None", command: list[str], *, keeps_telemetry: bool) -> int:
    from collector.replay_live.child import environment, run_until
    from collector.replay_live.endpoint import build_app
    from collector.replay_live.report import plain, summary
    from collector.replay_live.serving import serving
    from collector.replay_live.session import Lack

    begun = time.monotonic()
    with serving(build_app(session, live)) as url:
        environ = environment(os.environ, url, session.recording.run_id, keeps_telemetry=keeps_telemetry)
        code = run_until(command, environ, session.stopped)
    # On stderr, behind the command's own output.
    say(plain(summary(session, code, time.monotonic() - begun), os.environ))
    if isinstance(session.stop, Lack):
        return ReplayExit.NOT_RECORDED
    if session.stop is not None or session.left():
        return ReplayExit.DIVERGED
    # A signal that ended the command, as a shell says it.
    return code if code is not None and code >= 0 else 128 - (code or 0)


def _recording(sourced: Sourced, run_id: str) -> "Recording":
    from collector.reader import MAX_ROW_LIMIT
    from collector.replay_live.recording import recording_of

    with reads(sourced) as source:
        if not source.run("run_header", {"run_id": run_id}).table.num_rows:
            raise NotFound(
                f"there is no run '{run_id}' in the store; 'tachograph query runs_page -p q=…' searches for one"
            )
        answer = source.run("run_recording", {"run_id": run_id}, MAX_ROW_LIMIT)
    recording = recording_of(run_id, answer.table.to_pylist())
    if not recording.calls:
        raise QueryError(f"run '{run_id}' has no model calls: there is nothing to answer from")
    return recording


def _edited(recording: "Recording", path: Path | None) -> "Recording":
    import orjson

    from collector.replay_live.edits import edited

    if path is None:
        return recording
    try:
        return edited(recording, orjson.loads(path.read_bytes()))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from error
    except orjson.JSONDecodeError as error:
        raise SettingsError(f"{path}: no JSON: {error}") from error
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error


def _live_model(from_step: str | None, base_url: str | None) -> "LiveModel | None":
    from collector.replay_live.live import LiveModel

    if (from_step is None) != (base_url is None):
        raise SettingsError("--from-step and --live-base-url go together: from which step on, and which live model")
    return None if base_url is None else LiveModel(base_url)


def _number(recording: "Recording", from_step: str | None) -> int | None:
    if from_step is None:
        return None
    steps = [(call.number, call.step_id) for call in recording.calls]
    steps += [(tool.number, tool.step_id) for tool in recording.tools]
    found = next((number for number, step_id in steps if from_step in (str(number), step_id)), None)
    if found is None:
        raise SettingsError(
            f"--from-step {from_step}: the run has no such model or tool call; 'tachograph replay RUN' lists them"
        )
    return found


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise SettingsError(f"--ignore {text}: no regular expression: {error}") from error
