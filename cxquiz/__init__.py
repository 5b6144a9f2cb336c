"""Who is it to you? Classifies one relationship from a few answers, and says why.

Answers in, a reading out: :func:`classify` is a pure function of a :class:`Model` and the
answers. The package needs the standard library alone, because it runs in every reader's
browser; only :mod:`cxquiz.cli`, the command line, uses more.

>>> from cxquiz import classify, load_model, parse_answers
>>> model = load_model()
>>> answers = parse_answers(model, {"organisation": "same", "use": ["use"]})
>>> classify(model, answers).assessment.primary
'internal_customer'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier.answers import AnswersError, parse_answers
from cxquiz.classifier.reading import Assessment, Reading, assess, classify
from cxquiz.model.types import Model
from cxquiz.quiz.session import Session

if TYPE_CHECKING:
    from cxquiz.authoring.loader import parse_model
    from cxquiz.authoring.model_file import load_model
    from cxquiz.authoring.table import ModelError

__all__ = [
    "AnswersError",
    "Assessment",
    "Model",
    "ModelError",
    "Reading",
    "Session",
    "assess",
    "classify",
    "load_model",
    "parse_answers",
    "parse_model",
]


_AUTHORING = {"ModelError": "table", "load_model": "model_file", "parse_model": "loader"}
"""Where those names are that are loaded on demand."""


def __getattr__(name: str) -> object:
    """Return what only those need who load a model; the browser gets one that is loaded."""
    if name not in _AUTHORING:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"cxquiz.authoring.{_AUTHORING[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
