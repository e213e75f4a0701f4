"""The doors: bytes in, limits, a Delivery to the pipeline, and the answer that the protocol asks for. See README.md."""
