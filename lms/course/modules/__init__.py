"""The programme: lessons, assignments and self-checks, and how they are published."""
