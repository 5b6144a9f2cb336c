"""What the macros put into the pages, and the quiz's place on each of them."""
