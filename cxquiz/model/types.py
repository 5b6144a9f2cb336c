"""The model as values: what the data file says, checked and ready for use.

Everything here is frozen. :mod:`cxquiz.authoring.loader` is the only place that builds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOT_SURE: Final = "not_sure"
"""The option that every question accepts beside its own; it means "left out"."""

FORMAT: Final = 1
"""The version of the model file's format that this package reads."""

Side = Literal["mine", "theirs"]
"""Whose questions were answered: those as they stand, or the mirrored ones."""

MINE: Final[Side] = "mine"
"""The side of somebody who answered the questions as they stand."""

THEIRS: Final[Side] = "theirs"
"""The side of the other party, who answered the mirrored questions."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question.

    Attributes:
        id: The name used in files and links.
        text: What the reader sees.
        supposing: The answer as the beginning of a sentence on what would then be; empty
            for an unscored question.
        exclusive: Whether it excludes the question's other options ("No", "None").
        weights: Points per relationship, in the order of ``Model.relationships``;
            empty for an unscored question.
        weights_note: Why the weights differ from the first published ones; mostly empty.
        advice: What to do when this holds; empty for most options.
        bit: The option's own bit in the mask that rules are matched against.
        mirrored: What the other party sees; see :mod:`cxquiz.comparison.mirror`.
        becomes: The option that it is in the other party's terms, or empty.
    """

    id: str
    text: str
    supposing: str
    exclusive: bool
    weights: tuple[int, ...]
    weights_note: str
    advice: str
    bit: int
    mirrored: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A question's words for the other party."""

    text: str
    short: str
    hint: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What helps two parties to talk about a question that they answered differently.

    Either of them reads it as it is.

    Attributes:
        mean: What each of the two may mean.
        ask: One question to ask first, which either may put to the other.
        agree: What the two could agree.
    """

    mean: str
    ask: str
    agree: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, scored or not.

    Attributes:
        id: The name used in files, links and front matter.
        short: A few words for tables and lists.
        text: The question itself.
        hint: Why it is asked, or how to answer it; may be empty for unscored ones.
        family: Answers of one family say much the same; empty for unscored questions.
        kind: ``"one"``, ``"many"`` or ``"text"``.
        screen: For unscored questions the screen that asks it (``"first"``, ``"last"``).
        page: The page that explains it, relative to the site's root; empty for unscored ones.
        sources: Ids of the sources that it comes from.
        options: The options by id, in order; empty for ``"text"``.
        chances: For each option, how likely each relationship makes it, out of
            :data:`cxquiz.classifier.expectation.CERTAIN`; empty for unscored questions.
        mirrored: The question, the few words and the hint as the other party reads them.
        becomes: The question that it is in the other party's terms, or empty.
        becomes_note: Why some answers, or all, become nothing there; empty where all do.
        talk: What to say where the two sides differ; ``None`` for ``"text"``.
    """

    id: str
    short: str
    text: str
    hint: str
    family: str
    kind: str
    screen: str
    page: str
    sources: tuple[str, ...]
    options: Mapping[str, Option]
    chances: tuple[tuple[int, ...], ...]
    mirrored: Mirrored
    becomes: str
    becomes_note: str
    talk: Talk | None

    def answer_text(self, chosen: tuple[str, ...]) -> str:
        """Return an answer as the reader knows it."""
        if self.kind == "text":
            return chosen[0]
        return join_texts(self.options[option].text for option in chosen)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A neighbouring relationship and the fact that tells it apart."""

    text: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Relationship:
    """What the other party can be to the reader, with all that is said about it.

    Attributes:
        id: The name used in files and links.
        name: The name that readers see.
        reading: One sentence: "They are …".
        short: A few words for the table of all relationships.
        definition: The definition in full.
        criteria: How to tell.
        near_misses: Neighbours and what tells them apart.
        next_steps: What to do next.
        caution: A warning that belongs beside the name, or empty.
        words: Other words for it, in one line.
        place: Where it stands on the map, one of :data:`cxquiz.map.places.IN_MODEL`.
        mirror: Ids of what the reader then most likely is to the other party.
        mirror_text: The same as a sentence.
        ask_them: The question to put to the other party.
        page: The page about it, relative to the site's root.
        sources: Ids of its sources.
    """

    id: str
    name: str
    reading: str
    short: str
    definition: str
    criteria: tuple[str, ...]
    near_misses: tuple[NearMiss, ...]
    next_steps: tuple[str, ...]
    caution: str
    words: str
    place: str
    mirror: tuple[str, ...]
    mirror_text: str
    ask_them: str
    page: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """One way for a rule to apply; all its conditions must be met.

    Attributes:
        masks: For each named question the bits of the options that meet it.
        primary: The first relationship must be one of these; ``None`` if any will do.
        fewer_answers_than: The number of scored answers must be below this, if given.
    """

    masks: tuple[int, ...]
    primary: frozenset[str] | None
    fewer_answers_than: int | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A flag, a dispute or a contradiction: a text with the situations that call for it."""

    id: str
    name: str
    text: str
    page: str
    sources: tuple[str, ...]
    questions: tuple[str, ...]
    when: tuple[Situation, ...]


@dataclass(frozen=True, slots=True)
class ImplausiblePair:
    """Two relationships that hardly ever hold at once."""

    relationships: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure a reading is, in words."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """A text that the model draws on.

    ``read`` is ``"read"``, ``"second_hand"`` or ``"general_knowledge"``.
    """

    id: str
    short: str
    author: str
    title: str
    year: str
    place: str
    read: str


@dataclass(frozen=True, slots=True)
class Estimation:
    """The figures of the estimate; see the comments in ``model.toml``.

    Shares are ``2 ** (k * points)`` with ``k`` as a numerator and a denominator, and
    limits on shares are in thousandths.
    """

    caps: Mapping[str, int]
    k: tuple[int, int]
    clear_share: int
    leaning_share: int
    two_readings_share: int
    minimum_answers: int
    essential: frozenset[str]
    holds_points: int
    holds_within: int


@dataclass(frozen=True, slots=True)
class Asking:
    """The figures that say when the quiz has asked enough; see ``model.toml``.

    ``assurance`` holds up to ``patience`` answers, ``assurance_after`` from then on; both
    are in tenths of a standard deviation.
    """

    assurance: int
    patience: int
    assurance_after: int


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A way in which a relationship may go on from now.

    Attributes:
        id: The option of the unscored question ``changing`` that chooses it.
        name: Where it leads, in a few words.
        text: What it is.
        steps: What to do for it.
        review_months: After how many months to look again.
        relationships: From which relationships it makes sense.
        page: The page about it, relative to the site's root.
        sources: Ids of its sources.
    """

    id: str
    name: str
    text: str
    steps: tuple[str, ...]
    review_months: int
    relationships: frozenset[str]
    page: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything the quiz knows and says. Mappings keep the order of the file."""

    language: str
    months: tuple[str, ...]
    estimation: Estimation
    asking: Asking
    relationships: Mapping[str, Relationship]
    questions: Mapping[str, Question]
    context: Mapping[str, Question]
    verdicts: Mapping[str, Verdict]
    flags: tuple[Rule, ...]
    disputes: tuple[Rule, ...]
    contradictions: tuple[Rule, ...]
    implausible: tuple[ImplausiblePair, ...]
    toward: tuple[Trajectory, ...]
    sources: Mapping[str, Source]
    wording: Mapping[str, str]

    def question(self, question_id: str) -> Question:
        """Return the scored or unscored question of that id; KeyError if there is none."""
        found = self.questions.get(question_id)
        return self.context[question_id] if found is None else found

    def has_question(self, question_id: str) -> bool:
        """Say whether a scored or unscored question has that id."""
        return question_id in self.questions or question_id in self.context

    def on_screen(self, screen: str) -> tuple[Question, ...]:
        """Return the unscored questions of the ``"first"`` or ``"last"`` screen."""
        return tuple(q for q in self.context.values() if q.screen == screen)

    def name_of(self, relationship: str | None) -> str:
        """Return a relationship's name; for ``None``, that nothing can be said yet."""
        if relationship is None:
            return self.say("compare_no_view")
        return self.relationships[relationship].name

    def say(self, key: str, **values: str | int) -> str:
        """Return one piece of wording with its ``{placeholders}`` filled in.

        The loader has checked that the wording names no placeholder that the quiz does
        not fill. A value is put in as it is, even where it holds braces itself.
        """
        return self.wording[key].format_map(values)


def join_texts(texts: Iterable[str]) -> str:
    """Join names for a list inside a sentence, the same way in every language."""
    return "; ".join(texts)
