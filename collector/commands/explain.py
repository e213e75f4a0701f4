"""`explain`: one run as a report for somebody who has no access to the app."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from collector.commands.access import reads
from collector.commands.export_run import write_bytes
from collector.commands.options import READING, with_settings
from collector.errors import SettingsError
from collector.settings_sources import Sourced


class Shape(StrEnum):
    """The formats of `explain`."""

    MARKDOWN = "markdown"
    HTML = "html"


@with_settings(*READING)
def explain(
    run_id: Annotated[str | None, typer.Argument(help="The run, as the pages and queries show it.")] = None,
    *,
    sourced: Sourced,
    incident: Annotated[
        str | None,
        typer.Option("--incident", metavar="KEY", help="Draft the post-mortem of an incident ('query incidents')."),
    ] = None,
    format_: Annotated[Shape, typer.Option("--format", "-f", help="How the report is written.")] = Shape.MARKDOWN,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to this file instead of standard output."),
    ] = None,
) -> None:
    """Explain a run from the record alone: what was asked, decided, allowed, done, cost and verified.

    The report names the step to blame with its evidence, answers the fourteen questions of a reviewer, and says what is
    not captured. No model writes it, and it needs no network: the same store gives the same report. The HTML page needs
    nothing else, and holds no script.

    Examples:

        tachograph explain 4bf92f3577b34da6a3ce929d0e0e4736
        tachograph explain 4bf92f3577b34da6a3ce929d0e0e4736 --format html -o run.html
        tachograph explain --incident 4fd3da5d588e -o post-mortem.md
    """
    from collector.explain.explaining import explain as explained
    from collector.explain.html import as_html
    from collector.explain.incident import explain_incident
    from collector.explain.markdown import as_markdown

    if (run_id is None) == (incident is None):
        raise SettingsError("name a run, or an incident with --incident; one of the two")
    with reads(sourced) as source:
        report = explain_incident(source, incident) if incident else explained(source, run_id or "")
    text = as_html(report) if format_ is Shape.HTML else as_markdown(report)
    # Half a surrogate pair in what was logged is no text; it is shown as the mark for that.
    write_bytes(text.encode("utf-8", "replace"), output)
