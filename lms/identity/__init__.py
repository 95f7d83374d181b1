"""People with accounts: signing in, consent, their letters, the journal."""
