"""The register of people: who has which role, and whose account is closed."""
