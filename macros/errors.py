"""What the build says when it cannot go on."""

from __future__ import annotations


class RuntimeBuildError(Exception):
    """The runtime could not be built; the message says what happened and what to do."""


class ReleaseError(Exception):
    """The built site could not be made ready; the message says what happened and what to do."""
