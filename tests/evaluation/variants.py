"""Variants of the coded cases: how people answer who bend the truth, or do not know it.

The cases are coded by the facts. Readers answer otherwise: they say "with" where it is "for",
call a goal shared because it was announced, take an internal charge for payment, name an
organisation where they mean a person, and do not know what others decide. The rules below say
how often. They are ours, written down before the weights were changed, and nobody measured them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Final

Coded = dict[str, tuple[str, ...]]
"""Question id to the chosen options, as the classifier takes them."""

Coding = Callable[[Coded, Random], Coded]
"""A way of answering: from the facts, with a source of chance, to what a reader says."""


@dataclass(frozen=True)
class Bend:
    """One way in which readers bend an answer: how often, from what, to what.

    Attributes:
        question: The question.
        given: The true answers that are bent.
        said: What the reader says instead.
        percent: How many readers in a hundred do so.
    """

    question: str
    given: tuple[str, ...]
    said: str
    percent: int


BENDS: Final = (
    Bend("direction", ("for_them", "for_us"), "together", 50),
    Bend("direction", ("neither",), "together", 20),
    Bend("goal", ("different", "overlap"), "same", 50),
    Bend("decisions", ("they", "we"), "together", 35),
    Bend("failure", ("partly", "separate"), "both", 35),
    Bend("money", ("recharge",), "pay", 70),
    Bend("buying", ("influence", "above"), "sign", 35),
    Bend("without_you", ("nuisance",), "stuck", 40),
    Bend("without_you", ("nothing",), "nuisance", 40),
    Bend("use", ("none",), "some", 30),
    Bend("use", ("some",), "use", 30),
    Bend("choice", ("no",), "hard", 30),
    Bend("contact", ("seldom",), "weekly", 30),
    Bend("distance", ("more",), "one", 30),
    Bend("distance", ("one",), "direct", 30),
)
"""Each applies by itself; of two for one question only the first that fits applies."""

UNKNOWN: Final = ("without_them", "decisions", "failure", "oversight", "distance", "choice")
"""Questions that a reader who bends answers often cannot answer at all."""
UNKNOWN_PERCENT: Final = 12

NICE: Final = (
    ("direction", "together"),
    ("goal", "same"),
    ("decisions", "together"),
    ("failure", "both"),
)
"""What sounds nicest; somebody set on it gives these answers together."""

_ALL = 100


def as_coded(answers: Coded, _chance: Random) -> Coded:
    """Answer by the facts."""
    return dict(answers)


def wishful(answers: Coded, _chance: Random) -> Coded:
    """Answer by the facts, except for two: everybody works together, and every goal is shared."""
    said = dict(answers)
    if said.get("direction", ("",))[0] in ("for_them", "for_us"):
        said["direction"] = ("together",)
    if "goal" in said:
        said["goal"] = ("same",)
    return said


def bent(answers: Coded, chance: Random, strength: float = 1.0) -> Coded:
    """Bend each answer as often as :data:`BENDS` says, times a strength."""

    def happens(percent: int) -> bool:
        return chance.random() * _ALL < percent * strength

    said = dict(answers)
    for bend in BENDS:
        true = answers.get(bend.question, ())
        if (
            said.get(bend.question) == true
            and set(true) & set(bend.given)
            and happens(bend.percent)
        ):
            said[bend.question] = tuple(
                dict.fromkeys(bend.said if option in bend.given else option for option in true)
            )
    for question in UNKNOWN:
        if happens(UNKNOWN_PERCENT):
            said.pop(question, None)
    return said


def set_on_it(answers: Coded, chance: Random) -> Coded:
    """Bend as :func:`bent` does, less often, with one wish behind all that sounds nice."""
    said = bent(answers, chance, strength=0.6)
    wish = chance.random()
    for question, option in NICE:
        if question in said and chance.random() < wish:
            said[question] = (option,)
    return said


def thinned(answers: Coded, chance: Random, percent: int = 40) -> Coded:
    """Leave out so many answers in a hundred."""
    return {
        question: options
        for question, options in answers.items()
        if chance.random() * _ALL >= percent
    }


def bent_and_thinned(answers: Coded, chance: Random) -> Coded:
    """Bend, and leave a quarter out."""
    return thinned(bent(answers, chance, strength=0.7), chance, percent=25)


CODINGS: Final[dict[str, Coding]] = {
    "as_coded": as_coded,
    "wishful": wishful,
    "bent": bent,
    "set_on_it": set_on_it,
    "thinned": thinned,
    "bent_and_thinned": bent_and_thinned,
}
"""All ways of answering, by name."""

WITHOUT_CHANCE: Final = ("as_coded", "wishful")
"""Those of which one draw is as good as many."""

FULL: Final = ("as_coded", "wishful", "bent", "set_on_it")
"""Those in which the reader answers whatever is asked."""
