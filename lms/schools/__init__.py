"""Schools, teams, and how people come in."""
