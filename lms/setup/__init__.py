"""Opening a site: its tables, its first administrator, its course, its settings."""
