"""The SQL behind a block, on demand: shown as its file has it, ready to copy."""

from __future__ import annotations

import streamlit as st

from dashboard.data import ApiError, api
from dashboard.markup import plain


def show_sql(*names: str, key: str) -> None:
    """A closed drawer with the SQL of the named queries. Read only when it is opened."""
    drawer = st.expander("SQL behind this", key=f"sql-{key}", on_change="rerun")
    if not drawer.open:
        return
    with drawer:
        for name in names:
            st.caption(plain(name))
            try:
                st.code(api().sql(name), language="sql")
            except ApiError as error:
                st.caption(plain(error))
