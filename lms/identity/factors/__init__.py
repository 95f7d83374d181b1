"""Second factors: what tutors and admins show at sign-in besides the password."""
