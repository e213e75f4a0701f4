"""The web application around the pages: warm before the first reader comes, and early with what a page will need.

`python -m dashboard` serves `app`. The pages themselves are in app.py, which knows nothing of this.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st
from starlette.middleware import Middleware

from dashboard.launch import app_path
from dashboard.preload import EarlyScripts
from dashboard.warm_up import warm_up


@asynccontextmanager
async def warmed(_: st.App) -> AsyncIterator[dict[str, object]]:
    """Ports open after the imports that the first page would wait for: half a second of plotly, polars and pyarrow."""
    warm_up()
    yield {}


app = st.App(app_path(), lifespan=warmed, middleware=[Middleware(EarlyScripts)])
