"""Plotly figures: pure functions from a frame to a figure. Nothing here calls Streamlit or the read API."""
