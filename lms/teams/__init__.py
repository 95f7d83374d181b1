"""Schools, their teams, members and invitations."""
