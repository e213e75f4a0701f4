"""A run explained from the record alone, as Markdown or HTML. What it answers: docs/explain.md."""
