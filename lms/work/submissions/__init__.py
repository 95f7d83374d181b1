"""The work of a team: drafts, files and sent attempts."""
