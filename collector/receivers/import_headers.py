"""The headers between an importer and the HTTP receivers, beside what the protocols say."""

ORIGIN_HEADER = "Tachograph-Origin"
"""Request: the file that is imported (percent-encoded), so that its rejects name the file, and not the importer."""

FIRST_LINE_HEADER = "Tachograph-First-Line"
"""Request: the number, in that file, of the body's first line."""

RECEIPT_HEADER = "Tachograph-Receipt"
"""Response: how the records of the request ended; OTLP's own answer tells only the rejected ones."""

COUNTS = ("received", "stored", "duplicate", "conflict", "rejected")
"""The counts of a receipt, in the order of the header."""
