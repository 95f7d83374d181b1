"""Progress: how far every team of a cohort is, and who needs the tutor."""
