"""Eight weeks of five agents at work, with planted facts and the truth about them.

`generate` writes what the agents would have sent (OTLP/JSON lines and JSONL step events) and `truth.json`,
which is counted from the
generator's own records and never through the product.
"""
