"""Backups: made while people work, checked, and restored on either database."""
