"""A picture of relationships, laid out without a browser."""
