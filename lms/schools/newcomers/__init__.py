"""Newcomers: people who are invited into a team by name, each with a link."""
