"""Readings: another look at works that were judged already."""
