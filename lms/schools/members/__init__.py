"""Members: how people leave a team, come back and become its captain."""
