"""The participants of a comparison: whose answers are whose, and what to call each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.comparison.comparison import told_apart
from cxquiz.formats.link import from_text, is_signed, to_text
from cxquiz.model.text import one_line
from cxquiz.quiz.steps import BY_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model, Side
    from cxquiz.quiz.session import Session


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who answered.

    Attributes:
        name: What to call them; no two are called the same.
        by: The name that they, or the reader, gave; empty where nobody did.
        side: Whose side it is told from; see :mod:`cxquiz.formats.link`.
        answers: Their answers.
    """

    name: str
    by: str
    side: Side
    answers: Answers


def people(model: Model, session: Session) -> tuple[Participant, ...]:
    """Return everybody whose answers are compared, the session's own first.

    Args:
        model: The model.
        session: The session.
    """
    received = [from_text(model, text) for text in session.against]
    own = model.say("voice_other", number=1) if session.opened else model.say("voice_you")
    called = [(session.by if session.opened else "") or own]
    called += [
        one.by or model.say("voice_other", number=number)
        for number, one in enumerate(received, start=2)
    ]
    names = told_apart(called)
    return (
        Participant(names[0], session.by, session.side, session.answers),
        *(
            Participant(name, one.by, one.side, one.answers)
            for name, one in zip(names[1:], received, strict=True)
        ),
    )


def alike(model: Model, everybody: Iterable[Participant]) -> tuple[tuple[str, ...], ...]:
    """Return the names of those who gave exactly the same answers, group by group."""
    groups: dict[str, list[str]] = {}
    for person in everybody:
        text = to_text(model, person.answers, side=person.side)
        groups.setdefault(text, []).append(person.name)
    return tuple(tuple(names) for names in groups.values() if len(names) > 1)


def rename(model: Model, session: Session, sent: Mapping[str, Sequence[str]]) -> Session:
    """Return the session with the names that a form sent.

    Args:
        model: The model.
        session: The session.
        sent: Field names to values; what is no name of anybody is passed over.
    """
    names = {
        field: one_line("".join(values))[:TEXT_LIMIT]
        for field, values in sent.items()
        if field.partition(":")[0] == BY_FIELD
    }
    against = list(session.against)
    for number, text in enumerate(against):
        name = names.get(f"{BY_FIELD}:{number}")
        if name or (name is not None and is_signed(text)):
            one = from_text(model, text)
            against[number] = to_text(model, one.answers, side=one.side, texts=True, by=name)
    return replace(session, by=names.get(BY_FIELD, session.by), against=tuple(against))


def leave_out(session: Session, number: str) -> Session:
    """Return the session without the set of answers at that place among the others'."""
    against = [text for place, text in enumerate(session.against) if str(place) != number]
    return replace(session, against=tuple(against))
