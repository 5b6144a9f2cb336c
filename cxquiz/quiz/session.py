"""A session of the quiz as a value: the answers in order, and where the reader stands.

Nothing else is stored. The next question, the progress and the result are derived from
it, so going back, changing an answer, resuming and sharing are all the same operation:
read the value again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.classifier.next_question import next_question
from cxquiz.formats.link import LONGEST
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE, THEIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.model.types import Model, Side

FORMAT: Final = 1
"""The version of the form in which a session is stored."""

RESULT: Final = "result"
"""The screen with the result."""

LAST: Final = "last"
"""The optional last page."""

INVITED: Final = "invited"
"""The screen that greets the other party, who is asked for their side."""

COMPARED: Final = "compared"
"""The screen that lays several sets of answers side by side."""

RELATIONSHIPS: Final = "relationships"
"""The screen with all relationships that the reader keeps."""

MOST_OTHERS: Final = 60
"""So many other sets of answers are compared at most."""

MOST_ASIDE: Final = 20
"""So many sessions wait behind one another at most: those of links opened one after another."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a reader has answered, in order.

    Attributes:
        entries: Question id to the chosen options, in the order in which the questions
            were first met. An empty tuple means that the question was skipped, or
            answered with "not sure".
        at: The question that the reader went back to, :data:`LAST`, or empty for
            "whatever comes next".
        last_seen: Whether the optional last page has been dealt with.
        finished: Whether the reader asked for the result before the quiz had enough.
        side: Whether the questions are those of the one who asks, :data:`MINE`, or mirrored
            for the other party, :data:`THEIRS`; see :mod:`cxquiz.comparison.mirror`.
        against: Other people's answers about the same relationship, in the form of
            :mod:`cxquiz.formats.link`.
        names: Whether links are to hold what was typed.
        by: What the reader calls themselves in links; empty where they stay unnamed.
        opened: Whether the answers came with a link, so that they may be somebody else's.
        identity: The id under which the reader keeps these answers; empty where they do not.
        aside: What the reader had before they opened a link; their place in it is kept
            until they come back.
        dropped: Ids that came with a stored session and do not exist (any more).
        problems: What could not be read of a link, in sentences for the reader.
    """

    entries: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    at: str = ""
    last_seen: bool = False
    finished: bool = False
    side: Side = MINE
    against: tuple[str, ...] = ()
    names: bool = False
    by: str = ""
    opened: bool = False
    identity: str = ""
    aside: Session | None = None
    dropped: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """The answers without what was skipped, ready for the classifier."""
        return {question: options for question, options in self.entries.items() if options}

    @property
    def has_room(self) -> bool:
        """Whether this session, with all that wait behind it, can wait behind another one."""
        behind, number = self.aside, 1
        while behind is not None:
            behind, number = behind.aside, number + 1
        return number <= MOST_ASIDE

    def answer(self, answers: Mapping[str, tuple[str, ...]]) -> Session:
        """Return the session with these answers added or changed, and the way on open.

        An answer that was given before keeps its place in the order, and all others stay.
        Whoever changes answers that came with a link makes them their own.
        """
        entries = {**self.entries, **answers}
        by = "" if self.opened else self.by
        return replace(self, entries=entries, at="", by=by, opened=False, dropped=(), problems=())

    def go_to(self, screen: str) -> Session:
        """Return the session with the reader at that question or screen."""
        return replace(self, at=screen, dropped=(), problems=())


def current_screen(model: Model, session: Session, lens: Sequence[str] = ()) -> str:
    """Return the id of the question to show, or the name of another screen.

    Args:
        model: The model.
        session: The session.
        lens: The questions that the page is about; they are asked first.
    """
    if session.at in model.questions or (session.at == LAST and model.on_screen(LAST)):
        return session.at
    if session.at in (COMPARED, RELATIONSHIPS) or (session.at == INVITED and session.against):
        return session.at
    # Both sides have answered then, and that is what they did it for.
    end = COMPARED if session.side == THEIRS and session.against else RESULT
    if session.finished:
        return end
    upcoming = next_question(model, session.answers, session.entries.keys(), lens)
    if upcoming is not None:
        return upcoming
    if model.on_screen(LAST) and not session.last_seen:
        return LAST
    return end


def previous_screen(model: Model, session: Session, screen: str) -> str | None:
    """Return the screen before this one, or ``None`` on the first."""
    trail = [question for question in session.entries if question in model.questions]
    if screen in trail:
        trail = trail[: trail.index(screen)]
    return trail[-1] if trail else None


def to_json(session: Session) -> dict[str, object]:
    """Return the session as plain data for storage. :func:`from_json` is its inverse."""
    return {
        "format": FORMAT,
        "answers": [[question, list(options)] for question, options in session.entries.items()],
        "at": session.at,
        "last_seen": session.last_seen,
        "finished": session.finished,
        "side": session.side,
        "against": list(session.against),
        "names": session.names,
        "by": session.by,
        "opened": session.opened,
        "identity": session.identity,
        "aside": session.aside and to_json(session.aside),
    }


def from_json(model: Model, raw: object, *, depth: int = MOST_ASIDE) -> Session:
    """Read a stored session, whatever state it is in.

    What fits the model is kept; ids that do not exist (any more) are listed in
    ``dropped``, so that the reader can be told. Never raises: a stored value may have
    been cut, edited or written by another version.

    Args:
        model: The model.
        raw: The stored value.
        depth: How many sessions that wait behind one another are read at most.
    """
    if not isinstance(raw, Mapping):
        return Session()
    entries: dict[str, tuple[str, ...]] = {}
    dropped: list[str] = []
    rows = raw.get("answers")
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, list) or not row or not isinstance(row[0], str):
            continue
        question_id, value = row[0], row[1] if len(row) > 1 else []
        if not model.has_question(question_id):
            dropped.append(one_line(question_id))
            continue
        try:
            entries[question_id] = parse_answer(model.question(question_id), value)
        except AnswersError:
            dropped.append(question_id)
    at, against, aside = raw.get("at"), raw.get("against"), raw.get("aside")
    screens = (*model.questions, LAST, INVITED, COMPARED, RELATIONSHIPS)
    identity, by = raw.get("identity"), raw.get("by")
    return Session(
        entries=entries,
        at=at if isinstance(at, str) and at in screens else "",
        last_seen=raw.get("last_seen") is True,
        finished=raw.get("finished") is True,
        side=THEIRS if raw.get("side") == THEIRS else MINE,
        against=tuple(
            text
            for text in (against if isinstance(against, list) else ())[:MOST_OTHERS]
            if isinstance(text, str) and len(text) <= LONGEST
        ),
        names=raw.get("names") is True,
        by=one_line(by)[:TEXT_LIMIT] if isinstance(by, str) else "",
        opened=raw.get("opened") is True,
        identity=identity if isinstance(identity, str) and len(identity) <= LONGEST else "",
        aside=from_json(model, aside, depth=depth - 1)
        if isinstance(aside, Mapping) and depth > 0
        else None,
        dropped=tuple(dict.fromkeys(dropped)),
    )
