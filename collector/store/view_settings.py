"""Settings that views rest on, said in the store: SQL sees no settings of a process."""

import queries
from collector.store.database import Store

ABANDONED_AFTER_S = "abandoned_after_s"


def say_in_store(store: Store, name: str, amount: float) -> None:
    """Let the views of this store rest on `amount` from now on. Raises duckdb.Error."""
    with store.transaction() as cursor:
        cursor.execute(queries.statement("write", "delete_view_setting").sql, {"name": name})
        said = {"name": name, "amount": amount}
        cursor.execute(queries.statement("write", "insert_view_setting").sql, said)
