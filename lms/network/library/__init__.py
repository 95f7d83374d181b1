"""The library: documents of schools for other schools, with all their editions."""
