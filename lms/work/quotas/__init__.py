"""Quotas: how many bytes one person may send in a day."""
