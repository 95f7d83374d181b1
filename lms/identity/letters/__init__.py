"""Letters: which kinds a person gets by mail, and how each is switched off."""
