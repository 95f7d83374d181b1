"""The partners of a school: what each gives and needs, and what binds them."""
