"""Coordinating councils: who sits in one, when it met, what was written down."""
