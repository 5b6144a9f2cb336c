"""Comparing: several sets of answers about one relationship, question by question.

Every set is in the same terms: what *they* are to *us*. A set from the other party comes as
answers to the mirrored questions, or has to be translated first; see
:mod:`cxquiz.comparison.mirror`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from cxquiz.classifier import scoring
from cxquiz.classifier.reading import assess
from cxquiz.classifier.scoring import WHOLE
from cxquiz.classifier.verdict import NOT_ENOUGH
from cxquiz.comparison.mirror import translate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model

AGREED: Final = "agreed"
"""All who answered say the same."""

WORDS: Final = "words"
"""They disagree, and by itself that changes nobody's first relationship."""

CHANGES: Final = "changes"
"""They disagree, and with another's answer somebody's first relationship would be another."""

ALONE: Final = "alone"
"""One of them answered, and there is nothing to compare."""

# Of a pair's differences at most so many are tried together: beyond that nothing is told.
_TOGETHER: Final = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's answers about the relationship, and what to call them."""

    name: str
    answers: Answers


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the answers of one voice come to.

    Attributes:
        name: Whose they are.
        assessment: What they come to.
    """

    name: str
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class View:
    """A relationship, or ``None`` for "not enough to say", and who sees it."""

    relationship: str | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One answer to a question, and who gave it."""

    options: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What another's answer to one question would make of some readings.

    Attributes:
        names: Whose reading would change.
        options: The answer of somebody else that would change it.
        primary: The relationship that would then be the first.
    """

    names: tuple[str, ...]
    options: tuple[str, ...]
    primary: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One question as the voices answered it.

    Attributes:
        question: The question's id; scored, or with options to choose from.
        sayings: Who says what, the most common answer first.
        silent: Who left it out.
        spread: Of all pairs of those who answered, how many disagree, in thousandths.
        changes: Which readings would change with another's answer.
    """

    question: str
    sayings: tuple[Saying, ...]
    silent: tuple[str, ...]
    spread: int
    changes: tuple[Change, ...]

    @property
    def state(self) -> str:
        """:data:`AGREED`, :data:`WORDS`, :data:`CHANGES` or :data:`ALONE`."""
        if len(self.sayings) > 1:
            return CHANGES if self.changes else WORDS
        return AGREED if len(self.sayings[0].names) > 1 else ALONE


@dataclass(frozen=True, slots=True)
class Pair:
    """The two who are furthest apart: whom to bring together.

    Attributes:
        names: The two.
        questions: The scored questions that they answer differently.
        together: Where they see different relationships and no single one of these answers
            accounts for it: the fewest that do so together, if three at most do.
    """

    names: tuple[str, str]
    questions: tuple[str, ...]
    together: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Several sets of answers about one relationship.

    Attributes:
        opinions: What each comes to, in the order given.
        views: How many see which relationship, the most common first.
        questions: Every question that somebody answered, in the order of the model.
        furthest: The two furthest apart; ``None`` where nobody disagrees.
    """

    opinions: tuple[Opinion, ...]
    views: tuple[View, ...]
    questions: tuple[Compared, ...]
    furthest: Pair | None

    @property
    def bring_together(self) -> Pair | None:
        """The two furthest apart, where they are not the only ones."""
        pair = self.furthest
        return pair if pair and len(self.opinions) > len(pair.names) else None

    def in_state(self, state: str) -> tuple[Compared, ...]:
        """Return the questions in that state."""
        return tuple(compared for compared in self.questions if compared.state == state)


@dataclass(frozen=True, slots=True)
class BothSides:
    """One relationship as its two parties see it.

    Attributes:
        mine: What they are to me, by my answers.
        theirs: What I am to them, by theirs.
        mirrors: Whether each reading is one that the other leads to expect; ``None`` where
            one of them is "not enough to say".
        voices: Both sets of answers in my terms, for :func:`compare`.
        lost: The questions of the other party's answers that could not be translated in
            full; the model's ``becomes_note`` says why.
    """

    mine: Assessment
    theirs: Assessment
    mirrors: bool | None
    voices: tuple[Voice, Voice]
    lost: tuple[str, ...]

    def mirrors_text(self, model: Model) -> str:
        """Say whether the two readings go together."""
        keys = {True: "compare_mirror", False: "compare_no_mirror", None: "compare_mirror_open"}
        return model.say(keys[self.mirrors])


def told_apart(names: Iterable[str]) -> list[str]:
    """Return names of which no two are the same: the second "Ann" is "Ann (2)"."""
    found: dict[str, None] = {}
    met: dict[str, int] = {}
    for name in names:
        number = met.get(name, 0) + 1
        free = name if number == 1 else f"{name} ({number})"
        while free in found:
            number += 1
            free = f"{name} ({number})"
        met[name] = number
        found[free] = None
    return list(found)


def compare_sides(model: Model, mine: Voice, theirs: Voice, *, mirrored: bool) -> BothSides:
    """Read the answers of the two parties to a relationship.

    Args:
        model: The model to judge by.
        mine: My answers about them.
        theirs: Their answers: to the mirrored questions, which are about the same facts, or
            those of their own quiz about me.
        mirrored: Which of the two theirs are.
    """
    translation = translate(model, theirs.answers)
    shared = theirs.answers if mirrored else translation.answers
    own = translation.answers if mirrored else theirs.answers
    one, other = assess(model, mine.answers), assess(model, own)
    unsure = NOT_ENOUGH in (one.verdict, other.verdict)
    return BothSides(
        mine=one,
        theirs=other,
        mirrors=None if unsure else _mirror(model, one, other),
        voices=(mine, replace(theirs, answers=shared)),
        lost=translation.lost,
    )


def _mirror(model: Model, one: Assessment, other: Assessment) -> bool:
    """Say whether two readings go together, as seen from either of them."""
    if one.primary is None or other.primary is None:
        return False
    expected = model.relationships[one.primary].mirror, model.relationships[other.primary].mirror
    return other.primary in expected[0] or one.primary in expected[1]


def compare(model: Model, voices: Sequence[Voice]) -> Comparison:
    """Compare any number of sets of answers about one relationship.

    Args:
        model: The model to judge by.
        voices: The sets of answers, all in the same terms.
    """
    if len(voices) == 1:
        return _of_one(model, voices[0])
    groups = _same_answers(model, voices)
    primaries = [_first(model, group[0].answers) for group in groups]
    opinions = tuple(_opinion(model, voice) for voice in voices)
    asked = [*model.questions, *(name for name, q in model.context.items() if q.kind != "text")]
    return Comparison(
        opinions=opinions,
        views=_views(opinions),
        questions=tuple(
            _compared(model, name, voices, groups, primaries)
            for name in asked
            if any(voice.answers.get(name) for voice in voices)
        ),
        furthest=_furthest(model, groups, primaries),
    )


def _of_one(model: Model, voice: Voice) -> Comparison:
    """Return what there is to say of one set of answers: most registers hold mostly such."""
    opinion = _opinion(model, voice)
    names = (voice.name,)
    asked = (*model.questions, *(name for name, q in model.context.items() if q.kind != "text"))
    return Comparison(
        opinions=(opinion,),
        views=(View(opinion.assessment.seen, names),),
        questions=tuple(
            Compared(name, (Saying(voice.answers[name], names),), (), 0, ())
            for name in asked
            if voice.answers.get(name)
        ),
        furthest=None,
    )


def _opinion(model: Model, voice: Voice) -> Opinion:
    assessment = assess(model, voice.answers)
    return Opinion(voice.name, assessment)


def _same_answers(model: Model, voices: Iterable[Voice]) -> list[list[Voice]]:
    """Put voices together that answer all scored questions alike, for one speaks for all."""
    groups: dict[tuple[tuple[str, ...], ...], list[Voice]] = {}
    for voice in voices:
        key = tuple(voice.answers.get(name, ()) for name in model.questions)
        groups.setdefault(key, []).append(voice)
    return list(groups.values())


def _first(model: Model, answers: Answers) -> str:
    """Return the relationship with the most points, the earlier one of equals."""
    totals = scoring.points(model, answers)
    return list(model.relationships)[totals.index(max(totals))]


def _views(opinions: Iterable[Opinion]) -> tuple[View, ...]:
    found: dict[str | None, list[str]] = {}
    for opinion in opinions:
        found.setdefault(opinion.assessment.seen, []).append(opinion.name)
    # Those who cannot say come last, however many they are.
    ranking = sorted(found.items(), key=lambda item: (item[0] is None, -len(item[1])))
    return tuple(View(relationship, tuple(names)) for relationship, names in ranking)


def _compared(
    model: Model,
    question_id: str,
    voices: Iterable[Voice],
    groups: Iterable[list[Voice]],
    primaries: Iterable[str],
) -> Compared:
    said: dict[tuple[str, ...], list[str]] = {}
    for voice in voices:
        said.setdefault(voice.answers.get(question_id, ()), []).append(voice.name)
    silent = said.pop((), [])
    sayings = sorted(said.items(), key=lambda item: -len(item[1]))
    changes: tuple[Change, ...] = ()
    if len(said) > 1 and question_id in model.questions:
        changes = tuple(_changes(model, question_id, list(said), zip(groups, primaries)))  # noqa: B905 - as many of each
    return Compared(
        question=question_id,
        sayings=tuple(Saying(options, tuple(names)) for options, names in sayings),
        silent=tuple(silent),
        spread=_spread([len(names) for names in said.values()]),
        changes=changes,
    )


def _spread(counts: Sequence[int]) -> int:
    total = sum(counts)
    pairs = total * (total - 1) // 2
    alike = sum(count * (count - 1) // 2 for count in counts)
    return (pairs - alike) * WHOLE // pairs if pairs else 0


def _changes(
    model: Model,
    question_id: str,
    said: Iterable[tuple[str, ...]],
    groups: Iterable[tuple[list[Voice], str]],
) -> Iterator[Change]:
    """Yield what the others' answers to one question would change, put together by outcome."""
    said = list(said)
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for members, primary in groups:
        answers = members[0].answers
        given = answers.get(question_id)
        for options in said:
            if given and options != given:
                other = _first(model, {**answers, question_id: options})
                if other != primary:
                    names = [voice.name for voice in members]
                    found.setdefault((options, other), []).extend(names)
    for (options, other), names in found.items():
        yield Change(tuple(names), options, other)


def _furthest(model: Model, groups: list[list[Voice]], primaries: list[str]) -> Pair | None:
    """Find the pair with the most different answers; of equal ones, one with different readings."""
    rows = [[group[0].answers.get(name) for name in model.questions] for group in groups]
    best: tuple[int, bool, int, int] | None = None
    for one, other in combinations(range(len(groups)), 2):
        count = sum([a != b for a, b in zip(rows[one], rows[other], strict=True) if a and b])
        rank = (count, primaries[one] != primaries[other])
        if count and (best is None or rank > best[:2]):
            best = (*rank, one, other)
    if best is None:
        return None
    *_, one, other = best
    first, second = groups[one][0], groups[other][0]
    differing = tuple(
        name
        for name, a, b in zip(model.questions, rows[one], rows[other], strict=True)
        if a and b and a != b
    )
    together: tuple[str, ...] = ()
    if primaries[one] != primaries[other]:
        together = fewest_differences(model, first.answers, second.answers, differing)
    return Pair((first.name, second.name), differing, together if len(together) > 1 else ())


def fewest_differences(
    model: Model, one: Answers, other: Answers, questions: Iterable[str]
) -> tuple[str, ...]:
    """Find the fewest answers that, taken over, give one of two another first relationship.

    Args:
        model: The model.
        one: The answers of the one.
        other: The answers of the other.
        questions: The questions that both answered.

    Returns:
        The questions, three at most; none where that many are not enough.
    """
    questions = list(questions)
    both = [(one, other, _first(model, one)), (other, one, _first(model, other))]
    for size in range(1, _TOGETHER + 1):
        for names in combinations(questions, size):
            for own, others, primary in both:
                taken = {name: others[name] for name in names}
                if _first(model, {**own, **taken}) != primary:
                    return names
    return ()
