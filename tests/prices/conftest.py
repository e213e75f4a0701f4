from tests.queries.conftest import built_store, store

__all__ = ["built_store", "store"]
