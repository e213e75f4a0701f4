"""Bytes to columns. Pure: nothing here knows a dialect, a store or a clock."""
