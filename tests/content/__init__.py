"""Tests of this model's content: of what `cxquiz/model.toml` says, and of nothing else.

Whoever changes the model changes them. They hold what is known of this one: its ids, its weights
beside those that the sources were first given, examples and coded cases with the relationship
that each is, the figures of the page “How good is it?”, and the pages that the model names. A
test that fails here asks whether the change was meant; if so, it follows, or goes.

Tests of the engine judge by the small model in `tests/cxquiz/examples.py`, or ask the packaged
one for what they expect, so no other weight and no other sentence fails them.
"""
