"""Answers: what came in, checked against the model and put into one form.

In files and links an answer is an option id or a list of option ids; ``not_sure``, an
empty text, an empty list and ``None`` all mean "left out". Inside the package it is
always a tuple of option ids in the model's order, without what was left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cxquiz.model.suggest import nearest
from cxquiz.model.text import one_line
from cxquiz.model.types import NOT_SURE, Model, Question

if TYPE_CHECKING:
    from collections.abc import Iterable

Answers = Mapping[str, tuple[str, ...]]
"""Question id to the chosen option ids; for a text question, to the one text."""

TEXT_LIMIT = 200
"""The longest text, in characters, that an answer may hold."""


class AnswersError(ValueError):
    """Answers that do not fit the model; the text says which, and what may be meant."""


def parse_answers(model: Model, raw: object) -> dict[str, tuple[str, ...]]:
    """Check answers from outside and return them in the package's own form.

    Args:
        model: The model that the answers are for.
        raw: Question ids to option ids; see the module for what an answer may be.

    Raises:
        AnswersError: It is no mapping, or it names an unknown question or option, or it
            gives several options to a question that takes one.
    """
    if not isinstance(raw, Mapping):
        raise AnswersError("“answers” must be an object of question ids and option ids.")
    answers: dict[str, tuple[str, ...]] = {}
    questions, context = model.questions, model.context
    for question_id, value in raw.items():
        question = questions.get(question_id) or context.get(question_id)
        if question is None:
            known = [*model.questions, *model.context]
            raise AnswersError(
                f"there is no question “{question_id}”.{nearest(str(question_id), known)}"
            )
        only = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(only, str) and only in question.options:  # as almost always
            answers[question_id] = (only,)
            continue
        chosen = parse_answer(question, value)
        if chosen:
            answers[question_id] = chosen
    return answers


def parse_answer(question: Question, value: object) -> tuple[str, ...]:
    """Check one answer from outside; an empty tuple means "left out".

    Raises:
        AnswersError: The value does not fit the question.
    """
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not all(isinstance(item, str) for item in values):
        raise AnswersError(f"the answer to “{question.id}” must be a text or a list of texts.")
    if question.kind == "text":
        return _parse_text(question, values)
    chosen = [item for item in values if item not in (NOT_SURE, "")]
    for item in chosen:
        if item not in question.options:
            message = (
                f"“{question.id}” has no option “{item}”."
                f"{nearest(item, [*question.options, NOT_SURE])}"
            )
            raise AnswersError(message)
    if question.kind == "one" and len(set(chosen)) > 1:
        raise AnswersError(f"“{question.id}” takes one option, not several.")
    if len(chosen) == 1:
        return (chosen[0],)
    return tuple(option for option in question.options if option in chosen)


def _parse_text(question: Question, values: Iterable[str]) -> tuple[str, ...]:
    text = one_line(" ".join(values))
    if len(text) > TEXT_LIMIT:
        raise AnswersError(f"“{question.id}” may hold {TEXT_LIMIT} characters, not {len(text)}.")
    return (text,) if text else ()


def subject(model: Model, answers: Answers) -> tuple[str, str]:
    """Say whom answers are about, and for which work; each is empty where it was not said."""
    name, work = ("".join(answers.get(question, ())) for question in ("name", "work"))
    return (
        model.say("about_name", name=name) if name else "",
        model.say("about_work", work=work) if work else "",
    )
