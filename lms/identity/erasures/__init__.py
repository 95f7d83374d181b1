"""Erasing a person: asked, thought over, done, and looked through by hand."""
