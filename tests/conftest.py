"""What all tests share: how hypothesis searches."""

from __future__ import annotations

from hypothesis import settings

# A deadline would fail a test because the machine is busy, which says nothing about the code.
settings.register_profile("repository", deadline=None)
settings.load_profile("repository")
