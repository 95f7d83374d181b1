"""What the organiser says of the course: contact, signature, hours, operator."""
