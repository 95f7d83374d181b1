"""Search: one field for whatever a person may see, in any form of a Russian word."""
