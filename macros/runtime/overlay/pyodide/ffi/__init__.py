"""Nothing in Python uses JavaScript's objects."""
