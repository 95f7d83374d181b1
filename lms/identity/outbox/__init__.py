"""The outbox: where letters and other jobs are, and another try for what failed."""
