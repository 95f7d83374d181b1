"""Releases: which revision becomes live when, and what its readers are told of it."""
