"""Uploads: a file comes in pieces and goes on after a broken line."""
