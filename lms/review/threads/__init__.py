"""A thread beside each work: a team asks and a tutor answers, without a new attempt."""
