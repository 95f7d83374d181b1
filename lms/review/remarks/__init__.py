"""Ready remarks: what a tutor writes often and does not type again."""
