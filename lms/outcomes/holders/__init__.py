"""What the holder of a certificate sees of it and sends to others."""
