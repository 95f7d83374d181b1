"""The files of the course: read, checked, and said what is wrong with them."""
