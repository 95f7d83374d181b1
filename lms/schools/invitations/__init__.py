"""Invitations: the link by which people come into a team."""
