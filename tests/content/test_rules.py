"""The packaged rules: each can speak and keep silent, and what the sources warn of is noticed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz import assess, parse_answers
from cxquiz.classifier.rules import answer_mask, applying
from tests.cxquiz.examples import MODEL, answer_pool, ideal_answers

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model, Rule, Situation

RULES = {
    f"{kind}-{rule.id}": rule
    for kind, rules in (
        ("flag", MODEL.flags),
        ("dispute", MODEL.disputes),
        ("contradiction", MODEL.contradictions),
    )
    for rule in rules
}
SITUATIONS = {
    f"{name}-{number}": (rule, situation)
    for name, rule in RULES.items()
    for number, situation in enumerate(rule.when, start=1)
}


def options_for(model: Model, mask: int) -> tuple[str, str]:
    """Return a question and an option that meet one condition of a situation."""
    return next(
        (question.id, option.id)
        for question in (*model.questions.values(), *model.context.values())
        for option in question.options.values()
        if option.bit & mask
    )


def applies(model: Model, rule: Rule, answers: Answers) -> bool:
    """Say whether a rule applies, told apart from others of the same id."""
    assessment = assess(model, answers)
    answered = sum(1 for question in model.questions if answers.get(question))
    mask = answer_mask(model, answers)
    return bool(applying([rule], mask, primary=assessment.primary, answered=answered))


class TestPackagedRules:
    """Rule: every rule of the packaged model can speak, and can keep silent."""

    @pytest.mark.parametrize("name", SITUATIONS)
    def test_every_situation_can_come_about(self, name: str) -> None:
        """A rule that can never apply is a mistake in the model."""
        rule, situation = SITUATIONS[name]
        assert any(applies(MODEL, rule, some) for some in candidates(situation))

    @pytest.mark.parametrize("name", RULES)
    def test_every_rule_can_keep_silent(self, name: str) -> None:
        """A note that is always there says nothing."""
        assert not all(applies(MODEL, RULES[name], some) for some in answer_pool(MODEL))


def candidates(situation: Situation) -> list[dict[str, tuple[str, ...]]]:
    """Return answers that should meet a situation, one for each first relationship."""
    named: dict[str, tuple[str, ...]] = {}
    for mask in situation.masks:
        question, option = options_for(MODEL, mask)
        named[question] = (option,)
    if situation.primary is None:
        return [named]
    return [{**ideal_answers(MODEL, name), **named} for name in situation.primary]


FLAGS = {
    "compelled": {"organisation": "different", "choice": "no"},
    "payer_without_use": {"use": "none", "oversight": "fund"},
    "user_without_choice": {"use": "use", "choice": "no", "organisation": "same"},
    "third_party_payer": {"money": "third_party"},
    "mutual": {"use": "use", "direction": "for_us"},
    "one_sided_dependence": {"without_you": "stuck", "without_them": "nothing"},
    "title_conflict": {"called": "partner", "direction": "for_us", "money": "we_pay"},
    "needs_split": {"unit": "organisation", "buying": "sign"},
    "too_far": {"distance": "more"},
    "thin_evidence": {"use": "use"},
}
"""The flags that the domain asks for, and answers that call for each."""

DISPUTES = {
    "shared goal inside one organisation": {"organisation": "same", "use": "use", "goal": "same"},
    "internal charge": {"money": "recharge"},
    "boss of the buyer": {"buying": "above"},
    "two or more hands": {"distance": "more"},
    "outside, pays and decides together": {
        "organisation": "different",
        "money": "pay",
        "decisions": "together",
    },
    "pays but uses nothing": {"use": "none", "money": "pay"},
    "funds but uses nothing": {"use": "none", "oversight": "fund"},
    "cannot refuse": {"organisation": "different", "choice": "no"},
    "works for us with a shared goal": {"direction": "for_us", "goal": "same"},
    "user with a say in the purchase": {"use": "use", "buying": "influence"},
}
"""What makes informed people disagree, and answers that show it."""

CONTRADICTIONS = {
    "real money inside": {"organisation": "same", "money": "pay"},
    "together with separate fates": {"direction": "together", "failure": "separate"},
}
"""Answers that cannot both be true of one piece of work."""


class TestDomain:
    """Rule: what the literature on customers and partners warns of is noticed."""

    @pytest.mark.parametrize("flag", FLAGS)
    def test_the_flag_is_raised(self, flag: str) -> None:
        """Each is a fact that matters whatever the relationship is called."""
        assert flag in assess(MODEL, parse_answers(MODEL, FLAGS[flag])).flags

    @pytest.mark.parametrize("trigger", DISPUTES)
    def test_the_dispute_is_shown(self, trigger: str) -> None:
        """People dispute the word while the facts are clear, so a narrow gap does not show it."""
        assert assess(MODEL, parse_answers(MODEL, DISPUTES[trigger])).disputes

    @pytest.mark.parametrize("clash", CONTRADICTIONS)
    def test_the_contradiction_is_shown(self, clash: str) -> None:
        """Averaging it away would hide that one of the answers is wrong."""
        assert assess(MODEL, parse_answers(MODEL, CONTRADICTIONS[clash])).contradictions
