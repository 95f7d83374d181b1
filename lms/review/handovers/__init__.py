"""Handing works to a colleague: one of them, or all before an absence."""
