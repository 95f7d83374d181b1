"""Previews: what is in a file that a team has sent, without opening it elsewhere."""
