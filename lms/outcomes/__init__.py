"""What stays: certificates and the school's plan."""
