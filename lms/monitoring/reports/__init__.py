"""The year report of a territory or a school: live until it is closed."""
