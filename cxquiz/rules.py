"""Rules: which flags, disputes and contradictions the answers call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.answers import Answers
    from cxquiz.model import Model, Rule, Situation


def answer_mask(model: Model, answers: Answers) -> int:
    """Return the bits of all chosen options, scored or not."""
    mask = 0
    for question_id, chosen in answers.items():
        options = model.question(question_id).options
        for option in chosen:
            if option in options:  # a text answer has no option
                mask |= options[option].bit
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
    return tuple(
        rule.id
        for rule in rules
        if any(_holds(situation, mask, primary, answered) for situation in rule.when)
    )


def _holds(situation: Situation, mask: int, primary: str | None, answered: int) -> bool:
    if situation.fewer_answers_than is not None and answered >= situation.fewer_answers_than:
        return False
    if situation.primary is not None and primary not in situation.primary:
        return False
    return all(mask & condition for condition in situation.masks)
