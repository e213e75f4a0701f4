"""Incidents: which failures are alike, since when, and what did they cost?"""

import streamlit as st

from dashboard.blocks.footer import show_footer
from dashboard.blocks.incidents import incident, incidents
from dashboard.blocks.notices import notice
from dashboard.blocks.show_sql import show_sql
from dashboard.data import read
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

key = st.query_params.get("key")
found = list(read("incidents", incident_key=key, workflow=st.query_params.get("workflow")).iter_rows(named=True))

show(element("h1", "Incidents", element("small", " · failures that are alike"), class_="t-title"))
if not found:
    words = "No incident has this key." if key else "No failed run has a step that can be named."
    show(notice("No incidents", words))
elif key:
    show(incident(found[0]))
else:
    show(incidents(found))
show_sql("incidents", key="incidents")
show_footer()
refresh_when_data_moves()
