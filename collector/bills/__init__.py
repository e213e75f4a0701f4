"""Providers' bills: read from a file line by line, stored as they are."""
