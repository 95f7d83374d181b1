"""Entry and exit diagnostics: what a course has taught, told of groups only."""
