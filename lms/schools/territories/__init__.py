"""Territories: which school belongs to which, and who looks after them."""
