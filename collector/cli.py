"""The command `tachograph`: which commands there are, and how errors reach a person."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from collector.commands import (
    bills,
    calibrate,
    close_week,
    demo,
    explain,
    export_run,
    focus,
    importing,
    prices,
    reading,
    rejects,
    replay,
    serving,
    status,
    verify,
)
from collector.commands.exits import HELP, Exit, complain, exit_code
from collector.errors import TachographError
from collector.version import VERSION

app = typer.Typer(
    name="tachograph",
    help=(
        "Flight recorder and profit-and-loss sheet of AI agents: it receives every step your agents take, and shows "
        "what they did, what it cost, and which step failed.\n\nStart with 'tachograph demo' to see it with sample "
        "data, or 'tachograph up' to use it."
    ),
    epilog=HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(is_asked: bool) -> None:
    if is_asked:
        sys.stdout.write(f"tachograph {VERSION}\n")
        raise typer.Exit(Exit.DONE)


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """The flags before any command."""


app.command("demo")(demo.demo)
app.command("up")(serving.up)
app.command("collect")(serving.collect)
app.command("dashboard")(serving.dashboard)
app.command("import")(importing.import_files)
app.command("verify-outcomes")(verify.verify_outcomes)
app.command("queries")(reading.queries)
app.command("query")(reading.query)
app.command("export-run")(export_run.export_run)
app.command("import-bill")(bills.import_bill)
app.command("explain")(explain.explain)
app.command("export-focus")(focus.export_focus)
app.command("export-economics")(focus.export_economics)
app.command("replay")(replay.replay)
app.command("status")(status.status)
app.command("prices")(prices.prices)
app.command("reprice")(prices.reprice)
app.command("close-week")(close_week.close_week)
app.command("calibrate")(calibrate.calibrate)
app.add_typer(rejects.app, name="rejects")


def run(arguments: Sequence[str]) -> int:
    """Run a command; the exit code says how it ended, and one line on stderr says why."""
    try:
        return int(app(list(arguments), prog_name="tachograph", standalone_mode=False) or Exit.DONE)
    except typer.TyperException as error:
        complain(f"{error.format_message()} (see 'tachograph --help')")
        return Exit.USAGE
    except TachographError as error:
        complain(str(error))
        return exit_code(error)
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has seen enough (head, less): say nothing, and nothing again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.FAILED


def main() -> NoReturn:
    """The entry point of the script."""
    sys.exit(run(sys.argv[1:]))
