"""Drafts: how a team writes its answer together, and sends it."""
