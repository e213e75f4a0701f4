"""Second-stage rollups: what is worked out per run after the run's own rollup, off the path of ingest.

Each refresh queues the runs that it touched; a portion takes some of them, replaces their rows in the tables of
ANALYSES, and takes them off the queue, in one transaction. Never a source, safe to drop. Why: queries/README.md.
"""

import hashlib
import logging
import re
import threading
import time
from functools import cache

import duckdb

import queries
from collector.store import localization
from collector.store.isolation import OF_DATA
from collector.store.transactions import Transactions

_log = logging.getLogger(__name__)

ANALYSES: tuple[str, ...] = ("run_models", "run_waste", "run_routes", *localization.TABLES)
"""Tables of schema rollup, in the order in which they are made: a later one may read the rows of an earlier one.

Of each: queries/schema/rollup_NAME.sql, queries/write/analyse_delete_NAME.sql and analyse_insert_NAME.sql.
"""
RUNS_AT_A_TIME = 1_000
_BEFORE = (
    "analyse_batches",
    "analyse_steps",
    "analyse_contents",
    "analyse_calls",
    "analyse_tools",
    "analyse_wasted_tools",
    "analyse_wasted_steps",
)
_AFTER = ("analyse_done", "analyse_mark")
_QUEUE_TABLES = ("changed_runs", "analyses")
_READS = re.compile(r"\b(?:facts|marts|rollup)\.\w+")
_PATIENCE_S = 20.0
_SOME_S = 2.0
_REST_S = 10.0
_ATTEMPTS = 3


def start_analyses(cursor: duckdb.DuckDBPyConnection) -> None:
    """Begin the analyses, or queue every run again where other SQL made them. Before traffic, after start_rollup."""
    cursor.begin()
    try:
        for name in (*_QUEUE_TABLES, *ANALYSES):
            cursor.execute(_table(name))
        made_by = cursor.execute(_sql("analyse_definition")).fetchall()
        if made_by != [(definition(),)]:
            _begin_anew(cursor)
        cursor.commit()
    except BaseException:
        cursor.rollback()
        raise


def analyse_portion(cursor: duckdb.DuckDBPyConnection, run_count: int = RUNS_AT_A_TIME) -> bool:
    """Work out up to so many queued runs in the caller's transaction. False: nothing waited."""
    cursor.execute(_sql("analyse_take_runs"), {"run_count": run_count})
    if cursor.execute(_sql("analyse_count")).fetchall() == [(0,)]:
        return False
    for name in (*_BEFORE, *_replacing(), *_AFTER):
        cursor.execute(_sql(name))
    return True


@cache
def definition() -> str:
    """A fingerprint of all that the analyses are made of: where it changes, they are made anew."""
    texts = [queries.definition(), localization.data_text(), *(_sql(name) for name in (*_BEFORE, *_replacing()))]
    return hashlib.sha256("".join(texts).encode()).hexdigest()


@cache
def rests_on_analyses(sql: str) -> bool:
    """Whether a statement reads one of ANALYSES, by itself or through facts and marts."""
    views = {
        f"{item.schema}.{item.name}": item.sql for layer in ("facts", "marts") for item in queries.statements(layer)
    }
    wanted = {f"rollup.{name}" for name in ANALYSES}
    known: set[str] = set()
    found = _sources(sql)
    while found - known:
        known |= found
        found = {source for name in known for source in _sources(views.get(name, ""))}
    return bool(known & wanted)


class Analyst:
    """Keeps the analyses up with the rollup. One per store and process; safe to share between threads."""

    def __init__(self, store: Transactions, *, most_s: float = _SOME_S) -> None:
        """`most_s`: how long a read waits at most while a backlog is worked off; reads of the next 10 s do not."""
        self._store = store
        self._most_s = most_s
        self._lock = threading.Lock()
        self._began_at = float("-inf")
        self._rests_until = float("-inf")

    def catch_up(self) -> None:
        """Take in the runs that wait, for a bounded time. Where that fails now, reads go on with what is there."""
        asked_at = time.monotonic()
        if asked_at < self._rests_until or not self._lock.acquire(timeout=_PATIENCE_S):
            return
        try:
            # Whoever waited while another took in all that this one asks for has its answer; and whoever waited while
            # another worked off a backlog for as long as a read may take does not wait as long again.
            is_answered = self._began_at >= asked_at or time.monotonic() < self._rests_until
            if not is_answered and self._analyse_some():
                self._rests_until = time.monotonic() + _REST_S
        except duckdb.Error as error:
            _log.warning("analyses are as of the last portion, the next one failed: %s", str(error).splitlines()[0])
        finally:
            self._lock.release()

    def analyse_some(self) -> bool:
        """Work some of the queue off; True where more may wait. Raises duckdb.Error."""
        with self._lock:
            return self._analyse_some()

    def _analyse_some(self) -> bool:
        self._began_at = time.monotonic()
        while self._analyse_portion_or_less():
            if time.monotonic() - self._began_at >= self._most_s:
                return True
        return False

    def _analyse_portion_or_less(self) -> bool:
        """A run whose values make it fail holds up no other: smaller portions find it, and it goes without analyses."""
        run_count = RUNS_AT_A_TIME
        while True:
            try:
                return self._analyse_portion(run_count)
            except OF_DATA as error:
                if run_count == 1:
                    self._pass_over(str(error).splitlines()[0])
                    return True
                run_count //= 2

    def _pass_over(self, reason: str) -> None:
        with self._store.transaction() as cursor:
            cursor.execute(_sql("analyse_take_runs"), {"run_count": 1})
            for (run_id,) in cursor.execute(_sql("analyse_taken")).fetchall():
                _log.error("run %s could not be analysed and has no waste, routes and models: %s", run_id, reason)
            for name in (*(name for name in _replacing() if name.startswith("analyse_delete_")), *_AFTER):
                cursor.execute(_sql(name))

    def _analyse_portion(self, run_count: int) -> bool:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with self._store.transaction() as cursor:
                    return analyse_portion(cursor, run_count)
            except duckdb.TransactionException:
                # Another collector of the same lake works some off at this moment.
                if attempt == _ATTEMPTS:
                    raise
                time.sleep(0.05 * attempt)
        raise AssertionError("the last attempt returns or raises")


def _begin_anew(cursor: duckdb.DuckDBPyConnection) -> None:
    for name in ANALYSES:
        cursor.execute(f"drop table if exists rollup.{name}")
        cursor.execute(_table(name))
    for name in ("analyse_forget", "analyse_empty_queue", "analyse_queue_all"):
        cursor.execute(_sql(name))
    cursor.execute(_sql("analyse_start"), {"definition": definition()})


def _replacing() -> tuple[str, ...]:
    made_alone = [name for name in ANALYSES if name not in localization.TABLES]
    replacing = tuple(f"analyse_{verb}_{name}" for name in made_alone for verb in ("delete", "insert"))
    return (*replacing, *localization.STATEMENTS)


def _sources(sql: str) -> set[str]:
    return set(_READS.findall(re.sub(r"--[^\n]*", "", sql)))


def _table(name: str) -> str:
    return next(item.sql for item in queries.statements("schema") if (item.schema, item.name) == ("rollup", name))


def _sql(name: str) -> str:
    return queries.statement("write", name).sql
