"""One reader's way through the quiz."""
