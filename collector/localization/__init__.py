"""Fitting how much each signal speaks for a step, and how far the answer can be trusted."""
