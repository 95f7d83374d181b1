"""What came of the course: diagnostics, the school's project, indicators, reports."""
