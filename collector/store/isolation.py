"""Finds the runs that make a refresh of the rollup fail, so that they hold up no other."""

import logging
from collections.abc import Callable, Sequence

import duckdb

from collector.store.rollup import refresh_rollup, set_aside, told_runs
from collector.store.transactions import Transactions

_log = logging.getLogger(__name__)

OF_DATA = (duckdb.DataError, duckdb.InvalidInputException, duckdb.IntegrityError)
"""What a value may cause. A full disk, a lost connection or wrong SQL is no run's fault."""
MOST_TRIALS = 200


class _Undo(Exception):
    """Rolls a trial back."""


def isolate(store: Transactions) -> int:
    """Set aside the runs without which the next part can be taken in; gives how many. 0: it is no run's fault.

    Tries parts of the runs in transactions that are rolled back. Raises duckdb.Error where the store fails.
    """
    with store.transaction() as cursor:
        upto, told = told_runs(cursor)
    found = offenders(told, lambda admitted: _failure(store, upto, set(told).difference(admitted)))
    if found:
        with store.transaction() as cursor:
            set_aside(cursor, found, upto)
        for run_id, reason in found.items():
            _log.error("run %s could not be worked out and is set aside: %s", run_id, reason)
    return len(found)


def offenders(told: Sequence[str], failure: Callable[[Sequence[str]], str | None]) -> dict[str, str]:
    """The runs that fail, with the reason: by halves. `failure` says why these runs alone fail, None where they do not.

    Runs that fail only together are all of them named. None is, where it fails without any run, or where it would take
    more than MOST_TRIALS to tell.
    """
    found: dict[str, str] = {}
    whole = failure(told)
    if whole is None or failure(()) is not None:
        return found
    groups, trials = [(tuple(told), whole)], 0
    while groups:
        group, reason = groups.pop()
        halves = [half for half in (group[: len(group) // 2], group[len(group) // 2 :]) if len(group) > 1]
        trials += len(halves)
        if trials > MOST_TRIALS:
            return {}
        failing = [(half, why) for half in halves if (why := failure(half)) is not None]
        groups += failing
        if not failing:
            found |= dict.fromkeys(group, reason)
    return found


def _failure(store: Transactions, upto_batch_id: int, left_out: set[str]) -> str | None:
    try:
        with store.transaction() as cursor:
            set_aside(cursor, dict.fromkeys(left_out, ""), upto_batch_id)
            refresh_rollup(cursor, upto_batch_id)
            raise _Undo
    except _Undo:
        return None
    except OF_DATA as error:
        return str(error).splitlines()[0]
