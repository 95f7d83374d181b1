"""Questions about a lesson: asked where they arise, answered by tutors, shared."""
