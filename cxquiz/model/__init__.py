"""What the quiz knows: a model's values, their codes, dates and texts."""
