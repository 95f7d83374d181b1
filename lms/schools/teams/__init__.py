"""Schools, their teams in cohorts, and the people in them."""
