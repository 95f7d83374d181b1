"""The bank of practices: what a team did, told so that another school can do it."""
