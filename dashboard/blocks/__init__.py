"""Pieces that pages are put together from. A block draws; it decides nothing about data."""
