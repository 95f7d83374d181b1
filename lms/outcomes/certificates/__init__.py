"""Certificates: who is eligible, issuing, the registry and the public check."""
