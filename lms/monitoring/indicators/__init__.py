"""Indicators: what a programme promised to change, counted twice a year by school."""
