"""What a tutor has done in a month, row by row: tutors are paid by it."""
