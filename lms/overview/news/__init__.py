"""What is new to a participant since they last looked."""
