"""A filled demonstration: a cohort in mid-course, works in every state."""
