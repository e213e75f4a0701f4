"""What runs say they did, against an extract of the system of record. Example: docs/verify-outcomes.md."""
