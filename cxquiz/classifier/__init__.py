"""How a relationship is classified: answers in, a reading out. It knows no wording."""
