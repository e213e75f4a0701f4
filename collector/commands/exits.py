"""How a command ends: its exit code, and the one line that says why."""

import sys
from enum import IntEnum

from collector.errors import (
    NotFound,
    PortTaken,
    QueryError,
    SettingsError,
    StoreLocked,
    StoreUnavailable,
    TachographError,
    Unreachable,
)


class Exit(IntEnum):
    """The exit codes, as the help documents them."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    UNAVAILABLE = 3
    DIED = 4
    INTERRUPTED = 130


HELP = (
    "Exit codes: 0 done; 1 something could not be read or done; 2 a flag, setting, query or parameter is wrong; "
    "3 a port, a store or a collector is not available; 4 a part of Tachograph stopped by itself."
)

_UNAVAILABLE = (PortTaken, StoreLocked, StoreUnavailable, Unreachable)
_USAGE = (SettingsError, QueryError, NotFound)


def exit_code(error: TachographError) -> Exit:
    """The exit code of an error."""
    if isinstance(error, _UNAVAILABLE):
        return Exit.UNAVAILABLE
    if isinstance(error, _USAGE):
        return Exit.USAGE
    return Exit.FAILED


def say(message: str) -> None:
    """A line for the person at the terminal: on stderr, because stdout belongs to data."""
    sys.stderr.write(message + "\n")
    sys.stderr.flush()


def complain(message: str) -> None:
    """A line that says what went wrong and what to do."""
    say(f"tachograph: {message}")
