"""Rules: which flags, disputes and contradictions the answers call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model, Rule, Situation


def answer_mask(model: Model, answers: Answers) -> int:
    """Return the bits of all chosen options, scored or not."""
    mask = 0
    questions, context = model.questions, model.context
    for question_id, chosen in answers.items():
        options = (questions.get(question_id) or context[question_id]).options
        for name in chosen:
            option = options.get(name)
            if option is not None:  # a text answer has no option
                mask |= option.bit
    return mask


def applying(
    rules: Iterable[Rule], mask: int, *, primary: str | None, answered: int
) -> tuple[str, ...]:
    """Return the ids of the rules that apply, in the model's order.

    Args:
        rules: The rules to try.
        mask: The chosen options, from :func:`answer_mask`.
        primary: The first relationship, or ``None`` where nothing was answered.
        answered: The number of scored questions with an answer.
    """
    found = []
    # Plain loops: this runs for every situation of every rule.
    for rule in rules:
        for situation in rule.when:
            for condition in situation.masks:
                if not mask & condition:
                    break
            else:
                if _fits(situation, primary, answered):
                    found.append(rule.id)
                    break
    return tuple(found)


def _fits(situation: Situation, primary: str | None, answered: int) -> bool:
    fewer, among = situation.fewer_answers_than, situation.primary
    return (fewer is None or answered < fewer) and (among is None or primary in among)
