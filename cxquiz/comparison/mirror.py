"""Mirroring: the same relationship from the other party's side.

There are two ways to hear the other side, and both are data in the model.

* :func:`mirrored` gives the questions in the other party's words: "What do *you* do with what
  *they* make?" Their answers are about the same facts and have the same ids, so they can be
  laid beside the sender's as they are.
* :func:`translate` turns answers about "them" into answers that the other party could have
  given about "us": "we work for them" becomes "they work for us". That is what it takes to
  read the other direction. Not every answer has a translation: what they do with our work
  says nothing about what we do with theirs. Such answers are left out and named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxquiz.model.types import THEIRS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model, Question, Side


@dataclass(frozen=True, slots=True)
class Translation:
    """Answers in the other party's terms.

    Attributes:
        answers: The answers that have a translation, translated.
        lost: The questions of which an answer has none; the model's ``becomes_note`` says why.
    """

    answers: dict[str, tuple[str, ...]]
    lost: tuple[str, ...]


def from_side(model: Model, side: Side) -> Model:
    """Return the model in the words of a side; see :mod:`cxquiz.formats.link` for the sides."""
    return mirrored(model) if side == THEIRS else model


def mirrored(model: Model) -> Model:
    """Return the model with its questions in the other party's words, and nothing else new."""
    return replace(model, questions=_mirrored(model.questions), context=_mirrored(model.context))


def _mirrored(questions: Mapping[str, Question]) -> dict[str, Question]:
    return {
        question.id: replace(
            question,
            text=question.mirrored.text,
            short=question.mirrored.short,
            hint=question.mirrored.hint,
            options={
                option.id: replace(option, text=option.mirrored)
                for option in question.options.values()
            },
        )
        for question in questions.values()
    }


def translate(model: Model, answers: Answers) -> Translation:
    """Translate answers from one side's terms into the other's; it is its own inverse.

    Args:
        model: The model, which says what becomes what.
        answers: Answers in the package's own form.
    """
    found: dict[str, tuple[str, ...]] = {}
    lost: list[str] = []
    for question_id, chosen in answers.items():
        if not chosen:
            continue
        question = model.question(question_id)
        if not question.becomes:
            lost.append(question_id)
            continue
        if question.kind == "text":
            found[question.becomes] = chosen
            continue
        new = {question.options[option].becomes for option in chosen}
        if "" in new:
            lost.append(question_id)
        options = tuple(name for name in model.question(question.becomes).options if name in new)
        if options:
            found[question.becomes] = options
    return Translation(found, tuple(lost))
