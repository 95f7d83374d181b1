"""Credits: who has the work of a module or was excused, what is to do, and late."""
