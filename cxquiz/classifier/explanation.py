"""Explaining: all that is said of a reading, in finished sentences and in its order.

A page and a terminal show the same :class:`Explanation`. How a part looks is for them to say, and
so is what they offer beside it (links, buttons); which parts there are is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz.classifier.answers import subject
from cxquiz.classifier.counterfactuals import supposed
from cxquiz.classifier.reading import classify
from cxquiz.model.dates import months_later
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.counterfactuals import Counterfactual
    from cxquiz.classifier.reading import Evidence, Reading
    from cxquiz.model.types import Model, Relationship, Rule, Trajectory, Verdict

    Pair = tuple[str, str]
    """Two texts that belong together."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page of the site explains: an answer as a reason, a rule, or a way to go on.

    Attributes:
        name: What it is called.
        text: What there is to say of it here; of a reason, the answer.
        page: The page about it, relative to the site's root.
        sources: Where it comes from, in one line.
    """

    name: str
    text: str
    page: str
    sources: str


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What hardly goes together: of each the text and the questions to look at again, if any."""

    problems: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The answers that carried most, strongest first, and what speaks against, if anything."""

    lead: str
    reasons: tuple[Topic, ...]
    against_title: str
    against: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What to do next, for each relationship, and advice on what else was answered."""

    steps: tuple[tuple[Relationship, tuple[str, ...]], ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A way in which it may go on.

    Attributes:
        topic: What it is.
        chosen: That the reader answered so; mostly empty.
        steps: What to do for it.
        review: When to look again; empty where today's date is not known.
    """

    topic: Topic
    chosen: str
    steps: tuple[str, ...]
    review: str


@dataclass(frozen=True, slots=True)
class Toward:
    """What it is now, and the ways in which it may go on, the one that was answered first."""

    now: str
    lead: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class HoldsToo:
    """What else they are."""

    lead: str
    relationships: tuple[Relationship, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The flags, or the disputes, that apply."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The other answers of which one alone would change the reading, if there are any.

    Attributes:
        lead: The sentence before the first.
        single: Each such answer with what it leads to, the smallest change first.
        by_answer: The same for each answer that was given, by the question's few words.
    """

    lead: str
    single: tuple[Pair, ...]
    by_answer: tuple[tuple[str, tuple[Pair, ...]], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """The fewest answers that only together would change the reading, and to what."""

    lead: str
    texts: tuple[str, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Directions:
    """What each is to the other, each under its title, and whom both serve, in sentences."""

    lead: str
    directions: tuple[Pair, ...]
    beneficiary: tuple[str, ...]


Content = (
    Contradictions | Why | NextSteps | Toward | HoldsToo | Rules | Changes | Together | Directions
)
"""What a part may hold."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an explanation; ``id`` tells it from the others."""

    id: str
    title: str
    content: Content


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of a reading.

    Attributes:
        lead: What this is.
        about: Whom it is about and for which work; see :func:`cxquiz.classifier.answers.subject`.
        title: What they are, or that this cannot be said, or that there are two readings.
        text: What is said where no relationship is shown; else empty.
        relationships: What they are: none, one, or two that stand side by side.
        verdict: How sure that is; ``None`` where nothing was answered.
        sure: Its name in words for the reader.
        still_open: What open answers could still do, or which one to give; empty for nothing.
        undecided: Whether they could change the relationship that comes first.
        ask_next: The id of the open question that would tell most.
        parts: The parts, in their order.
    """

    lead: str
    about: Pair
    title: str
    text: str
    relationships: tuple[Relationship, ...]
    verdict: Verdict | None
    sure: str
    still_open: str
    undecided: bool
    ask_next: str | None
    parts: tuple[Part, ...]


def explain(model: Model, answers: Answers, *, today: str = "") -> Explanation:
    """Judge the answers, and say all that there is to say of the reading.

    Args:
        model: The model to judge by, with the words to say it in.
        answers: Answers in the package's own form (see :mod:`cxquiz.classifier.answers`).
        today: The reader's date, such as ``2026-11-22``; dates are left out without it.
    """
    return _Explainer(model, answers, classify(model, answers), today).whole()


class _Explainer:
    """The pieces of one explanation."""

    def __init__(self, model: Model, answers: Answers, reading: Reading, today: str) -> None:
        self.model = model
        self.say = model.say
        self.answers = answers
        self.reading = reading
        self.today = today
        self.all = tuple(model.relationships[label] for label in reading.assessment.labels)
        number = len(reading.assessment.named)
        self.shown, self.others = self.all[:number], self.all[number:]

    def whole(self) -> Explanation:
        say, reading, shown = self.say, self.reading, self.shown
        verdict = self.model.verdicts[reading.assessment.verdict] if self.all else None
        title, text = say("two_title"), ""
        if not self.all:
            title, text = say("result_none_title"), say("result_none")
        elif not shown:
            title = say("result_hint_title")
            text = say("result_hint", relationship=self.all[0].name)
        elif len(shown) == 1:
            title = shown[0].name
        return Explanation(
            lead=say("result_title"),
            about=subject(self.model, self.answers),
            title=title,
            text=text,
            relationships=shown,
            verdict=verdict,
            sure=say("verdict_label", verdict=verdict.name) if verdict else "",
            still_open=self.still_open(),
            undecided=reading.still_open is not None,
            ask_next=reading.ask_next,
            parts=tuple(
                Part(name, say(name), content)
                for name, content in self.parts()
                if content is not None
            ),
        )

    def still_open(self) -> str:
        ask_next, change = self.reading.ask_next, self.reading.still_open
        if ask_next is None or not self.all:
            return ""
        if len(self.shown) != 1:
            return self.say("next_question", question=self.model.questions[ask_next].text)
        number = len(change.answers) if change else 0
        key = {0: "open_none", 1: "open_one"}.get(number, "open_several")
        return self.say(key, number=number)

    def parts(self) -> Iterator[tuple[str, Content | None]]:
        """Yield the title's wording and the content of each part, if there is any."""
        model, assessment = self.model, self.reading.assessment
        if not self.all:
            return
        yield "contradictions_title", self.contradictions()
        if self.shown:
            yield "why_title", self.why()
            yield "next_steps_title", self.next_steps()
            yield "toward_title", self.toward()
            yield "holds_too_title", self.holds_too()
            yield "disputes_title", self.rules(model.disputes, assessment.disputes)
        yield "flags_title", self.rules(model.flags, assessment.flags)
        if self.shown:
            yield "changes_title", self.changes()
            yield "directions_title", self.directions()

    def contradictions(self) -> Contradictions | None:
        model, found = self.model, self.reading.assessment
        rules = [rule for rule in model.contradictions if rule.id in found.contradictions]
        problems = (
            *((rule.text, rule.questions) for rule in rules),
            *((model.implausible[place].text, ()) for place in found.implausible),
        )
        return Contradictions(problems) if problems else None

    def why(self) -> Why:
        other = self.model.relationships[self.reading.assessment.runner_up or ""]
        against = tuple(map(self.reason, self.reading.evidence_against))
        return Why(
            self.say("why_lead", relationship=self.shown[0].name, other=other.name),
            tuple(map(self.reason, self.reading.evidence_for)),
            self.say("against_title") if against else "",
            against,
        )

    def reason(self, evidence: Evidence) -> Topic:
        it = self.model.questions[evidence.question]
        answer = it.answer_text(evidence.options)
        return Topic(it.short, answer, it.page, self.sources(it.sources))

    def topic(self, it: Rule | Trajectory) -> Topic:
        return Topic(it.name, it.text, it.page, self.sources(it.sources))

    def sources(self, ids: Iterable[str]) -> str:
        names = join_texts(self.model.sources[source].short for source in ids)
        return self.say("sources_label", sources=names)

    def next_steps(self) -> NextSteps:
        options = (
            question.options.get(option)
            for question in self.model.context.values()
            for option in self.answers.get(question.id, ())
        )
        return NextSteps(
            tuple((one, (*one.next_steps, one.ask_them)) for one in self.shown),
            tuple(option.advice for option in options if option and option.advice),
        )

    def toward(self) -> Toward | None:
        say, first = self.say, self.shown[0]
        found = [way for way in self.model.toward if first.id in way.relationships]
        ways = sorted(map(self.way, found), key=lambda way: not way.chosen)
        now = say("toward_now", relationship=first.name)
        return Toward(now, say("toward_lead"), tuple(ways)) if ways else None

    def way(self, way: Trajectory) -> Way:
        chosen = way.id in self.answers.get("changing", ())
        date = months_later(self.model, self.today, way.review_months)
        return Way(
            self.topic(way),
            self.say("toward_chosen") if chosen else "",
            way.steps,
            self.say("toward_review", date=date) if date else "",
        )

    def holds_too(self) -> HoldsToo | None:
        return HoldsToo(self.say("holds_too_lead"), self.others) if self.others else None

    def rules(self, rules: Iterable[Rule], ids: Iterable[str]) -> Rules | None:
        topics = tuple(self.topic(rule) for rule in rules if rule.id in ids)
        return Rules(topics) if topics else None

    def changes(self) -> Changes | Together:
        reading, smallest = self.reading, self.reading.smallest
        if smallest is None:
            return Changes(self.say("changes_none"), (), ())
        if reading.changes:
            by_answer = (
                (
                    question.short,
                    [change for change in reading.changes if question.id in change.answers],
                )
                for question in self.model.questions.values()
                if self.answers.get(question.id)
            )
            return Changes(
                self.say("smallest_one"),
                tuple(map(self.change, reading.changes)),
                tuple((short, tuple(map(self.change, found))) for short, found in by_answer),
            )
        texts = supposed(self.model, self.answers, smallest)
        key = "smallest_one" if len(texts) == 1 else "smallest_several"
        name = self.model.relationships[smallest.primary].name
        return Together(
            self.say(key, number=len(texts)), texts, self.say("changes_all", relationship=name)
        )

    def change(self, change: Counterfactual) -> Pair:
        (text,) = supposed(self.model, self.answers, change)
        name = self.model.relationships[change.primary].name
        return self.say("changes_item", supposing=text), self.say("changes_to", relationship=name)

    def directions(self) -> Directions:
        say, first = self.say, self.shown[0]
        beneficiary = "".join(self.answers.get("beneficiary", ()))
        line = say("beneficiary_line", beneficiary=beneficiary)
        return Directions(
            say("directions_lead"),
            ((say("they_to_you"), first.reading), (say("you_to_them"), first.mirror_text)),
            (line, say("primary_prompt")) if beneficiary else (),
        )
