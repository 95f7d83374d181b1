"""Certificates of a whole cohort: issued in one action, packed into one archive."""
