"""Addresses people sign in with: changing one's own, and the way back without it."""
