"""Schools for one another: partners, and what they do together."""
