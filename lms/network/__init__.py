"""Schools for one another: practices, library, partners, mentors, pairs."""
