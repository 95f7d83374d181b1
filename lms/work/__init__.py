"""What a team writes."""
