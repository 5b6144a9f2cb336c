"""The reading in a terminal: the same parts, in the same order, as on a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from cxquiz.classifier.counterfactuals import supposed
from cxquiz.classifier.explanation import smallest_lead, still_open_text, trajectories
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.model.dates import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.classifier.reading import Evidence, Reading
    from cxquiz.cli.terminal import Terminal
    from cxquiz.model.types import Model, Relationship, Rule
    from cxquiz.quiz.session import Session

# The page shows all; in a terminal more than these would push the reading out of sight.
_CHANGES_SHOWN: Final = 5
_BULLET: Final = "-"


def show_reading(model: Model, session: Session, reading: Reading, terminal: Terminal) -> None:
    """Print a reading with its reasons.

    Args:
        model: The model that it was made by.
        session: The session that it is about.
        reading: The reading.
        terminal: Where to print it.
    """
    _Report(model, session, reading, terminal).show()


class _Report:
    """The pieces of one reading."""

    def __init__(
        self, model: Model, session: Session, reading: Reading, terminal: Terminal
    ) -> None:
        self.model = model
        self.session = session
        self.reading = reading
        self.terminal = terminal

    def show(self) -> None:
        say, labels = self.model.say, self.reading.assessment.labels
        relationships = [self.model.relationships[label] for label in labels]
        verdict = self.reading.assessment.verdict
        self.terminal.heading(say("result_title"))
        self.about()
        if not relationships:
            self.terminal.say(say("result_none"))
        elif verdict == NOT_ENOUGH:
            self.hint(relationships[0])
        elif verdict == TWO_READINGS:
            self.whole("two_title", relationships[:2], relationships[2:])
        else:
            self.whole("", relationships[:1], relationships[1:])

    def about(self) -> None:
        name = "".join(self.session.answers.get("name", ()))
        work = "".join(self.session.answers.get("work", ()))
        if name:
            self.terminal.say(self.model.say("about_name", name=name))
        if work:
            self.terminal.say(self.model.say("about_work", work=work))

    def hint(self, relationship: Relationship) -> None:
        self.verdict()
        self.terminal.say(self.model.say("result_hint", relationship=relationship.name))
        self.most_telling()
        self.contradictions()
        self.rules("flags_title", self.model.flags, self.reading.assessment.flags)

    def whole(self, title: str, shown: list[Relationship], others: list[Relationship]) -> None:
        """Print a reading that says one thing, or two side by side."""
        if title:
            self.terminal.say(self.model.say(title))
        for relationship in shown:
            self.card(relationship)
        self.terminal.say()
        self.verdict()
        if len(shown) > 1:
            self.most_telling()
        else:
            self.still_open()
        self.contradictions()
        self.why()
        if others:
            self.terminal.heading(self.model.say("holds_too_title"))
            self.terminal.say(self.model.say("holds_too_lead"), "dim")
            for relationship in others:
                self.card(relationship)
        assessment = self.reading.assessment
        self.rules("disputes_title", self.model.disputes, assessment.disputes)
        self.rules("flags_title", self.model.flags, assessment.flags)
        self.changes()
        self.next_steps(shown)
        self.toward(shown[0])
        self.directions(shown[0])

    def card(self, relationship: Relationship) -> None:
        self.terminal.say()
        for text, style in (
            (relationship.name, "bold green"),
            (relationship.reading, ""),
            (relationship.caution, "dim"),
        ):
            if text:
                self.terminal.say(text, style, mark="  ")

    def verdict(self) -> None:
        verdict = self.model.verdicts[self.reading.assessment.verdict]
        self.terminal.say(self.model.say("verdict_label", verdict=verdict.name), "bold")
        self.terminal.say(verdict.text)

    def most_telling(self) -> None:
        if self.reading.ask_next is not None:
            question = self.model.questions[self.reading.ask_next]
            self.terminal.say(self.model.say("next_question", question=question.text))

    def still_open(self) -> None:
        """Say how many open answers could still change the first relationship."""
        if self.reading.ask_next is None:
            return
        self.terminal.say(still_open_text(self.model, self.reading))

    def bullets(self, texts: Iterable[str]) -> None:
        self.terminal.items((_BULLET, text) for text in texts)

    def contradictions(self) -> None:
        assessment = self.reading.assessment
        texts = [
            *(
                rule.text
                for rule in self.model.contradictions
                if rule.id in assessment.contradictions
            ),
            *(self.model.implausible[place].text for place in assessment.implausible),
        ]
        if texts:
            self.terminal.heading(self.model.say("contradictions_title"))
            self.bullets(texts)

    def why(self) -> None:
        runner_up = self.model.relationships[self.reading.assessment.runner_up or ""]
        self.terminal.heading(self.model.say("why_title"))
        first = self.model.relationships[self.reading.assessment.labels[0]]
        lead = self.model.say("why_lead", relationship=first.name, other=runner_up.name)
        self.terminal.say(lead)
        self.terminal.items(
            (f"{number}.", text)
            for number, text in enumerate(map(self.evidence, self.reading.evidence_for), start=1)
        )
        if self.reading.evidence_against:
            self.terminal.heading(self.model.say("against_title"))
            self.bullets(map(self.evidence, self.reading.evidence_against))

    def evidence(self, evidence: Evidence) -> str:
        question = self.model.questions[evidence.question]
        chosen = "; ".join(question.options[option].text for option in evidence.options)
        return f"{question.short}: {chosen}"

    def rules(self, title: str, rules: Iterable[Rule], applying: Iterable[str]) -> None:
        found = [rule for rule in rules if rule.id in applying]
        if found:
            self.terminal.heading(self.model.say(title))
            self.bullets(f"{rule.name}\n{rule.text}" for rule in found)

    def changes(self) -> None:
        say, smallest = self.model.say, self.reading.smallest
        self.terminal.heading(say("changes_title"))
        if smallest is None:
            self.terminal.say(say("changes_none"))
            return
        if not self.reading.changes:
            texts = supposed(self.model, self.session.answers, smallest)
            self.terminal.say(smallest_lead(self.model, texts))
            self.bullets(texts)
            name = self.model.relationships[smallest.primary].name
            self.terminal.say(say("changes_all", relationship=name))
            return
        self.terminal.say(say("smallest_one"))
        for flip in self.reading.changes[:_CHANGES_SHOWN]:
            (text,) = supposed(self.model, self.session.answers, flip)
            name = self.model.relationships[flip.primary].name
            item = say("changes_item", supposing=text)
            self.bullets([f"{item} {say('changes_to', relationship=name)}"])

    def toward(self, primary: Relationship) -> None:
        """Print the ways in which it may go on, the one that the reader answered first."""
        say = self.model.say
        said = self.session.answers.get("changing", ())
        ways = trajectories(self.model, primary.id, said)
        if not ways:
            return
        today = datetime.now(tz=UTC).astimezone().date().isoformat()
        self.terminal.heading(say("toward_title"))
        self.terminal.say(say("toward_now", relationship=primary.name))
        self.terminal.say(say("toward_lead"), "dim")
        for way in ways:
            self.terminal.say(way.name, "bold")
            if way.id in said:
                self.terminal.say(say("toward_chosen"), "dim")
            self.terminal.say(way.text)
            date = months_later(self.model, today, way.review_months)
            self.bullets([*way.steps, say("toward_review", date=date)])

    def next_steps(self, relationships: list[Relationship]) -> None:
        self.terminal.heading(self.model.say("next_steps_title"))
        for relationship in relationships:
            if len(relationships) > 1:
                self.terminal.say(relationship.name, "bold")
            self.bullets([*relationship.next_steps, relationship.ask_them])
        self.bullets(self.advice())

    def advice(self) -> Iterator[str]:
        for question in self.model.context.values():
            for option in self.session.answers.get(question.id, ()):
                if option in question.options and question.options[option].advice:
                    yield question.options[option].advice

    def directions(self, relationship: Relationship) -> None:
        say = self.model.say
        self.terminal.heading(say("directions_title"))
        self.terminal.say(say("directions_lead"), "dim")
        self.bullets(
            [
                f"{say('they_to_you')}: {relationship.reading}",
                f"{say('you_to_them')}: {relationship.mirror_text}",
            ]
        )
        beneficiary = "".join(self.session.answers.get("beneficiary", ()))
        if beneficiary:
            self.terminal.say(say("beneficiary_line", beneficiary=beneficiary))
            self.terminal.say(say("primary_prompt"))
