"""Credits: who has the work of a module, and who was excused from it."""
