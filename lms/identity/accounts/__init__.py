"""People: accounts, roles, signing in and consent."""
