"""Dialects to one vocabulary. The mapping is data: crosswalk.csv and kinds.csv."""
