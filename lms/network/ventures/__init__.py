"""Joint projects: what a school and its partners do together."""
