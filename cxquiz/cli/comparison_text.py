"""A comparison as text to read and as data for other programs."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from cxquiz.cli.messages import plain
from cxquiz.comparison.comparison import AGREED, ALONE, CHANGES, WORDS
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.comparison.comparison import BothSides, Compared, Comparison
    from cxquiz.model.types import Model

_WIDEST: Final = 88
_NAMES_SHOWN: Final = 8


def as_json(
    identity: object, comparison: Comparison, sides: BothSides | None = None
) -> dict[str, Any]:
    """Return a comparison as plain data, with the other party's reading if there is one."""
    pair = comparison.furthest
    return {
        "id": identity,
        "opinions": [
            {"by": name, "primary": one.primary, "verdict": one.verdict}
            for name, one in ((it.name, it.assessment) for it in comparison.opinions)
        ],
        "views": [
            {"relationship": view.relationship, "by": view.names} for view in comparison.views
        ],
        "questions": [
            {
                "question": item.question,
                "state": item.state,
                "spread": item.spread,
                "answers": [
                    {"options": saying.options, "by": saying.names} for saying in item.sayings
                ],
                "silent": item.silent,
                "changes": [
                    {"by": change.names, "options": change.options, "primary": change.primary}
                    for change in item.changes
                ],
            }
            for item in comparison.questions
        ],
        "bring_together": pair
        and {"by": pair.names, "questions": pair.questions, "together": pair.together},
        "other_direction": sides
        and {
            "primary": sides.theirs.primary,
            "verdict": sides.theirs.verdict,
            "mirrors": sides.mirrors,
            "not_translated": sides.lost,
        },
    }


def as_text(
    model: Model, identity: object, comparison: Comparison, sides: BothSides | None = None
) -> str:
    """Return a comparison as a report of several lines.

    Args:
        model: The model that it was made by.
        identity: The id of the relationship; ``None`` where it has none.
        comparison: The comparison.
        sides: The readings of both parties, where each gave one set of answers.
    """
    report = _Report(model, comparison)
    lines = [*report.lines(identity), *(report.other_direction(sides) if sides else ())]
    return "\n".join(lines)


class _Report:
    """The lines of one report."""

    def __init__(self, model: Model, comparison: Comparison) -> None:
        self.model = model
        self.comparison = comparison

    def lines(self, identity: object) -> Iterator[str]:
        say, total = self.model.say, len(self.comparison.opinions)
        if identity is None:
            yield say("compare_title_all", number=total)
        else:
            yield say("compare_title", name=plain(str(identity)), number=total)
        for view in self.comparison.views:
            name = self.model.name_of(view.relationship)
            names = self.names(view.names)
            number = len(view.names)
            text = say("compare_view", number=number, total=total, relationship=name, names=names)
            yield _line(text, 1)
        for key, state in (("compare_changes", CHANGES), ("compare_words", WORDS)):
            items = self.comparison.in_state(state)
            if items:
                yield _line(say(key), 1)
            for item in items:
                yield from self.disagreement(item)
        for key, state in (("compare_agreed", AGREED), ("compare_alone", ALONE)):
            items = self.comparison.in_state(state)
            if items:
                yield _line(say(key, questions=self.questions(i.question for i in items)), 1)
        yield from self.furthest()

    def disagreement(self, item: Compared) -> Iterator[str]:
        question = self.model.question(item.question)
        yield _line(question.text, 2)
        for saying in item.sayings:
            answer = question.answer_text(saying.options)
            names = self.names(saying.names)
            yield _line(self.model.say("compare_saying", answer=answer, names=names), 3)
        for change in item.changes:
            text = self.model.say(
                "compare_change",
                answer=question.answer_text(change.options),
                names=self.names(change.names),
                relationship=self.model.relationships[change.primary].name,
            )
            yield _line(text, 4)

    def furthest(self) -> Iterator[str]:
        pair = self.comparison.bring_together
        if pair:
            one, other = map(plain, pair.names)
            number = len(pair.questions)
            yield _line(self.model.say("compare_furthest", one=one, other=other, number=number), 1)
        pair = self.comparison.furthest
        if pair and pair.together:
            questions = self.questions(pair.together)
            yield _line(self.model.say("compare_together", questions=questions), 1)

    def other_direction(self, sides: BothSides) -> Iterator[str]:
        """Say what the reader is to the other party, and whether that goes with the rest."""
        assessment, say = sides.theirs, self.model.say
        name = self.model.name_of(assessment.seen)
        who = plain(sides.voices[-1].name)
        yield _line(say("compare_theirs", name=who, relationship=name), 1)
        yield _line(sides.mirrors_text(self.model), 1)

    def questions(self, ids: Iterable[str]) -> str:
        return join_texts(self.model.question(question_id).short for question_id in ids)

    def names(self, names: Sequence[str]) -> str:
        shown = join_texts(map(plain, names[:_NAMES_SHOWN]))
        more = len(names) - _NAMES_SHOWN
        return self.model.say("compare_more_names", names=shown, number=more) if more > 0 else shown


def _line(text: str, depth: int) -> str:
    indent = "  " * depth
    return fill(text, _WIDEST, initial_indent=indent, subsequent_indent=indent + "  ")
