"""Cohorts: who takes which module when, and the rule of completion."""
