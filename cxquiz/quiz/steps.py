"""One step of the quiz: what the reader sent, turned into the next session.

A form sends fields: the ids of questions with the chosen options or the typed text, the screen
that was shown (``cx-screen``) and what the reader wants (``cx-action``), which is one of
:data:`ACTIONS` or :data:`KEEPING_ACTIONS`, some with what they are about behind a colon. Whatever
was typed or chosen is kept on the way back and aside too, where it is valid.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.classifier.next_question import next_question, telling_question
from cxquiz.model.types import NOT_SURE, THEIRS
from cxquiz.quiz.session import (
    COMPARED,
    INVITED,
    LAST,
    RESULT,
    Session,
    current_screen,
    previous_screen,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cxquiz.model.types import Model, Question

SCREEN_FIELD = "cx-screen"
ACTION_FIELD = "cx-action"
LINKS_FIELD = "cx-links"
NAME_FIELD = "cx-name"
BY_FIELD = "cx-by"
"""The field with the reader's own name; those of others have a colon and a number behind it."""

KEEPING_ACTIONS = (
    *("keep", "open", "edit", "arrange", "remove", "remove-now"),
    *("export", "delete", "delete-now", "relationships"),
)
"""What a form can ask of the kept relationships, with what it is about behind a colon; see
:mod:`cxquiz.quiz.portfolio_actions`, which answers."""

# With these a question without a choice counts as dealt with.
_ONWARD = ("continue", "skip")

# With these the answers in the form do not count.
_UNREAD = ("restart", "add")

# After these the reader goes on where they were, not at the top of the screen.
_FOCUS = {
    "names": "cx-names",
    "sign": BY_FIELD,
    "people": "cx-people",
    "leave-out": "cx-people",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """Something to put right in a form: in which question, and the sentence that says so."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome of one submission.

    Attributes:
        session: The session from now on.
        screen: The screen to show.
        errors: What is wrong with the submission; the screen is then shown again.
        attempt: What was submitted, to be shown again with the errors.
        focus: The id of the element that takes the focus, where it is not the heading.
    """

    session: Session
    screen: str
    errors: tuple[FieldError, ...] = ()
    attempt: Mapping[str, tuple[str, ...]] | None = None
    focus: str = ""


def submit(
    model: Model, session: Session, fields: Iterable[tuple[str, str]], lens: Sequence[str] = ()
) -> Step:
    """Apply what a form sent to a session.

    Args:
        model: The model.
        session: The session before.
        fields: Names and values as the form sent them; a name may occur several times.
        lens: The questions that the page is about.
    """
    sent: dict[str, tuple[str, ...]] = {}
    for name, value in fields:
        sent[name] = (*sent.get(name, ()), value)
    screen = sent.pop(SCREEN_FIELD, ("",))[-1]
    action, _, target = sent.pop(ACTION_FIELD, ("continue",))[-1].partition(":")
    if any(name.startswith(BY_FIELD) for name in sent):
        from cxquiz.quiz.participants import rename  # few readers compare

        session = rename(model, session, sent)
    required = action == "continue"
    questions = () if action in _UNREAD else _questions_on(model, session, screen)
    errors = {
        question.id: text
        for question in questions
        if (text := _error(model, question, sent.get(question.id, ()), required=required))
    }
    # On the way back or aside only typed text can stop the reader: it would be lost.
    blocking = tuple(
        FieldError(question, text)
        for question, text in errors.items()
        if required or model.question(question).kind == "text"
    )
    if blocking:
        return Step(session, screen, blocking, sent)

    if questions:
        skip = action == "skip"
        session = session.answer(
            {
                it.id: () if skip and it.kind != "text" else parse_answer(it, sent.get(it.id))
                for it in questions
                if it.id in sent or (it.kind != "text" and action in _ONWARD)
                if skip or it.id not in errors
            }
        )
    if screen == LAST and action in (*_ONWARD, "finish"):
        session = replace(session, last_seen=True)
    session = ACTIONS.get(action, _Form.go_on)(_Form(model, session, screen, target, sent))
    return Step(session, current_screen(model, session, lens), focus=_FOCUS.get(action, ""))


def _questions_on(model: Model, session: Session, screen: str) -> tuple[Question, ...]:
    """Return the questions that a screen's form holds."""
    if screen == LAST:
        return model.on_screen(LAST)
    if screen not in model.questions:
        return ()
    first = previous_screen(model, session, screen) is None
    return (*(model.on_screen("first") if first else ()), model.questions[screen])


def _error(model: Model, question: Question, sent: tuple[str, ...], *, required: bool) -> str:
    try:
        chosen = parse_answer(question, sent)
    except AnswersError:
        if question.kind == "text":
            return model.say("error_too_long", limit=TEXT_LIMIT, question=question.text)
        return model.say("error_unknown_option")
    if question.kind == "text":
        return ""
    clash = _exclusive_clash(model, question, chosen, unsure=NOT_SURE in sent)
    if clash:
        return model.say("error_exclusive", option=clash)
    if required and question.id in model.questions and not chosen and NOT_SURE not in sent:
        return model.say("error_choose_many" if question.kind == "many" else "error_choose_one")
    return ""


def _exclusive_clash(
    model: Model, question: Question, chosen: tuple[str, ...], *, unsure: bool
) -> str:
    """Return the text of the option that was chosen beside others and excludes them."""
    if chosen and unsure:
        return model.say("not_sure")
    for option in chosen if len(chosen) > 1 else ():
        if question.options[option].exclusive:
            return question.options[option].text
    return ""


@dataclass(frozen=True, slots=True)
class _Form:
    """A form whose answers are in the session; each action makes the next session of it."""

    model: Model
    session: Session
    screen: str
    target: str
    sent: Mapping[str, tuple[str, ...]]

    @property
    def here(self) -> str:
        """Where the reader stays: at the comparison, or wherever the answers lead."""
        return COMPARED if self.screen == COMPARED else ""

    def go_on(self) -> Session:
        """Check the answers and go on (``continue``), or leave this one out (``skip``)."""
        return self.session

    def back(self) -> Session:
        """Go to the question before."""
        return self.session.go_to(previous_screen(self.model, self.session, self.screen) or "")

    def change(self) -> Session:
        """Go to the question ``change:ID``, or to the optional last page with ``change:last``."""
        known = self.target in self.model.questions or self.target == LAST
        return self.session.go_to(self.target) if known else self.session

    def result(self) -> Session:
        """Show the result of what there is."""
        return replace(self.session, finished=True, at="")

    def more(self) -> Session:
        """Answer more questions."""
        session = replace(self.session, finished=False, at="")
        if next_question(self.model, session.answers, session.entries.keys()) is None:
            # Something new first; a question that was skipped only where nothing new can tell.
            new = telling_question(self.model, session.answers, session.entries.keys())
            return session.go_to(new or telling_question(self.model, session.answers) or "")
        return session

    def restart(self) -> Session:
        """Throw the answers away, or decline to answer what somebody asks."""
        session = self.session
        if self.screen == INVITED:
            return session.aside or Session()
        if session.side == THEIRS:
            return replace(session, entries={}, at="", last_seen=False, finished=False)
        return Session(aside=session.aside)

    def begin(self) -> Session:
        """Answer the questions that somebody asks."""
        return self.session.go_to("")

    def compare(self) -> Session:
        """Lay the answers beside others'."""
        return self.session.go_to(COMPARED)

    def add(self) -> Session:
        """Add the answers of the links in a text field (``cx-links``) to those of others."""
        from cxquiz.quiz.links import add_links  # few readers compare

        return add_links(self.model, self.session, "\n".join(self.sent.get(LINKS_FIELD, ())))

    def names(self) -> Session:
        """Say whether links are to hold what was typed: ``names:on`` or ``names:off``."""
        return replace(self.session, names=self.target == "on", at=self.here)

    def rename(self) -> Session:
        """Take the reader's name (``cx-by``) or those of the others (``cx-by:NUMBER``)."""
        return self.session.go_to(self.here)  # names are taken from every form

    def leave_out(self) -> Session:
        """Compare without that one of the others: ``leave-out:NUMBER``."""
        from cxquiz.quiz.participants import leave_out  # few readers compare

        return leave_out(self.session, self.target).go_to(self.here)

    def swap(self) -> Session:
        """Change places with the answers that wait aside."""
        session, aside = self.session, self.session.aside
        return replace(aside, aside=replace(session, aside=aside.aside)) if aside else session

    def forget(self) -> Session:
        """Throw away the answers that wait aside."""
        return replace(self.session, aside=None, at="" if self.screen == RESULT else self.screen)


ACTIONS = {
    "continue": _Form.go_on,
    "skip": _Form.go_on,
    "back": _Form.back,
    "change": _Form.change,
    "finish": _Form.result,
    "more": _Form.more,
    "restart": _Form.restart,
    "begin": _Form.begin,
    "compare": _Form.compare,
    "add": _Form.add,
    "result": _Form.result,
    "names": _Form.names,
    "sign": _Form.rename,
    "people": _Form.rename,
    "leave-out": _Form.leave_out,
    "swap": _Form.swap,
    "forget": _Form.forget,
}
"""What a form can ask for, but for :data:`KEEPING_ACTIONS`; anything else is to go on."""
