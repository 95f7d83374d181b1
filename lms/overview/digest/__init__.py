"""The letter of the day: what concerns a person, told in the morning."""
