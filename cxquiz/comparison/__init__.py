"""Several people's answers about one relationship, and the same from its other side."""
