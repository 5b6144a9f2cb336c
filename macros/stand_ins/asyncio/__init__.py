"""Nothing waits in Python."""
