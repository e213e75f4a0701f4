"""A run in one file that needs nothing else: made, checked, and taken into another store. What and why: README.md."""
