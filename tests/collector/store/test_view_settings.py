"""What the settings say is what views rest on, the last said."""

from collector.store import open_store
from collector.store.view_settings import ABANDONED_AFTER_S, say_in_store


def test_the_last_said_holds() -> None:
    store = open_store(":memory:")
    for seconds in (60, 3600):
        say_in_store(store, ABANDONED_AFTER_S, seconds)
    assert store.cursor().execute("select name, amount from rollup.settings").fetchall() == [
        (ABANDONED_AFTER_S, 3600.0)
    ]
    store.close()
