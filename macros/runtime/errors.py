"""What the build of the runtime says when it cannot go on."""

from __future__ import annotations


class RuntimeBuildError(Exception):
    """The runtime could not be built; the message says what happened and what to do."""
