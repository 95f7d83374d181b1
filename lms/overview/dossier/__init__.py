"""What the site keeps about a person: the map of it, and a copy to take away."""
