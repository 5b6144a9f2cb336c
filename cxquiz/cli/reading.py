"""The reading in a terminal: every part that a page has, without links, sources and other words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from cxquiz.classifier.explanation import (
    Changes,
    Contradictions,
    Directions,
    HoldsToo,
    NextSteps,
    Rules,
    Together,
    Toward,
    Why,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.explanation import Content, Explanation, Part
    from cxquiz.cli.terminal import Terminal
    from cxquiz.model.types import Relationship

# The page shows all; in a terminal more than these would push the reading out of sight.
_CHANGES_SHOWN: Final = 5
_BULLET: Final = "-"


def show_reading(explanation: Explanation, terminal: Terminal) -> None:
    """Print what there is to say of a reading.

    Args:
        explanation: What there is to say.
        terminal: Where to print it.
    """
    _Report(terminal).show(explanation)


class _Report:
    """The pieces of one reading."""

    def __init__(self, terminal: Terminal) -> None:
        self.heading = terminal.heading
        self.say = terminal.say
        self.items = terminal.items

    def show(self, it: Explanation) -> None:
        self.heading(it.lead)
        self.lines(*it.about)
        if len(it.relationships) > 1:
            self.say(it.title)
        self.cards(it.relationships)
        if it.relationships:
            self.say()
        if it.verdict is not None:
            self.say(it.sure, "bold")
            self.say(it.verdict.text)
        self.lines(it.text, it.still_open)
        for part in sorted(it.parts, key=_is_last):
            self.heading(part.title)
            self.content(part.content)

    def content(self, content: Content) -> None:
        match content:
            case Contradictions():
                self.bullets(text for text, _ in content.problems)
            case Why():
                self.why(content)
            case NextSteps():
                self.next_steps(content)
            case Toward():
                self.toward(content)
            case HoldsToo():
                self.say(content.lead, "dim")
                self.cards(content.relationships)
            case Rules():
                self.bullets(f"{topic.name}\n{topic.text}" for topic in content.topics)
            case Changes():
                self.say(content.lead)
                self.bullets(map(" ".join, content.single[:_CHANGES_SHOWN]))
            case Together():
                self.say(content.lead)
                self.bullets(content.texts)
                self.say(content.outcome)
            case Directions():
                self.say(content.lead, "dim")
                self.bullets(map(": ".join, content.directions))
                self.lines(*content.beneficiary)
            case _:
                assert_never(content)

    def lines(self, *texts: str) -> None:
        for text in filter(None, texts):
            self.say(text)

    def bullets(self, texts: Iterable[str]) -> None:
        self.items((_BULLET, text) for text in texts)

    def cards(self, relationships: Iterable[Relationship]) -> None:
        for one in relationships:
            self.say()
            for text, style in ((one.name, "bold green"), (one.reading, ""), (one.caution, "dim")):
                if text:
                    self.say(text, style, mark="  ")

    def why(self, why: Why) -> None:
        self.say(why.lead)
        reasons = (f"{topic.name}: {topic.text}" for topic in why.reasons)
        self.items((f"{number}.", text) for number, text in enumerate(reasons, start=1))
        if why.against:
            self.heading(why.against_title)
            self.bullets(f"{topic.name}: {topic.text}" for topic in why.against)

    def next_steps(self, todo: NextSteps) -> None:
        for relationship, steps in todo.steps:
            if len(todo.steps) > 1:
                self.say(relationship.name, "bold")
            self.bullets(steps)
        self.bullets(todo.advice)

    def toward(self, toward: Toward) -> None:
        self.say(toward.now)
        self.say(toward.lead, "dim")
        for way in toward.ways:
            self.say(way.topic.name, "bold")
            if way.chosen:
                self.say(way.chosen, "dim")
            self.say(way.topic.text)
            self.bullets(filter(None, (*way.steps, way.review)))


def _is_last(part: Part) -> bool:
    """Say whether a part is about what to do: in a terminal it is the end that stays in sight."""
    return isinstance(part.content, NextSteps | Toward | Directions)
