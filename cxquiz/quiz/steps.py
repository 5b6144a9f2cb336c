"""One step of the quiz: what the reader sent, turned into the next session.

A form sends fields: the ids of questions with the chosen options or the typed text, the
screen that was shown (``cx-screen``) and what the reader wants (``cx-action``):

* ``continue``: check the answers and go on,
* ``skip``: leave this one out,
* ``back``: to the question before,
* ``change:ID``: to that question (or ``change:last`` for the optional last page),
* ``finish``: show the result of what there is,
* ``more``: answer more questions,
* ``restart``: throw the answers away, or decline to answer what somebody asks,
* ``begin``: answer the questions that somebody asks,
* ``compare``: lay the answers beside others', ``add`` to add those of the links in a text field
  (``cx-links``), and ``result`` to leave that again,
* ``names:on`` and ``names:off``: whether links are to hold what was typed,
* ``sign``: take the reader's name (``cx-by``), ``people``: those of the others (``cx-by:NUMBER``),
  and ``leave-out:NUMBER``: compare without that one of them,
* ``swap``: change places with the answers that wait aside, and ``forget`` to throw those away.

Whatever was typed or chosen is kept on the way back and aside too, where it is valid.
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
    if action == "restart":
        if screen == INVITED:
            session = session.aside or Session()
        elif session.side == THEIRS:
            session = replace(session, entries={}, at="", last_seen=False, finished=False)
        else:
            session = Session(aside=session.aside)
        return Step(session, current_screen(model, session, lens))
    if action == "add":
        from cxquiz.quiz.links import add_links  # few readers compare

        session = add_links(model, session, "\n".join(sent.get(LINKS_FIELD, ())))
        return Step(session, current_screen(model, session, lens))

    questions = _questions_on(model, session, screen)
    errors = _errors(model, questions, sent, required=action == "continue")
    # On the way back or aside only typed text can stop the reader: it would be lost.
    blocking = tuple(
        error
        for error in errors
        if action == "continue" or model.question(error.question).kind == "text"
    )
    if blocking:
        return Step(session, screen, blocking, sent)

    wrong = set() if action == "skip" else {error.question for error in errors}
    if questions:
        session = session.answer(
            {
                question.id: _answer(question, sent, skip=action == "skip")
                for question in questions
                if question.id in sent or (question.kind != "text" and action in _ONWARD)
                if question.id not in wrong
            }
        )
    if screen == LAST and action in (*_ONWARD, "finish"):
        session = replace(session, last_seen=True)
    session = _move(model, session, screen, action, target)
    return Step(session, current_screen(model, session, lens), focus=_FOCUS.get(action, ""))


def _answer(
    question: Question, sent: Mapping[str, tuple[str, ...]], *, skip: bool
) -> tuple[str, ...]:
    """Return what to keep of a question's fields; nothing where it is skipped."""
    if skip and question.kind != "text":
        return ()
    return parse_answer(question, sent.get(question.id))


def _questions_on(model: Model, session: Session, screen: str) -> tuple[Question, ...]:
    """Return the questions that a screen's form holds."""
    if screen == LAST:
        return model.on_screen(LAST)
    if screen not in model.questions:
        return ()
    first = previous_screen(model, session, screen) is None
    return (*(model.on_screen("first") if first else ()), model.questions[screen])


def _errors(
    model: Model,
    questions: Iterable[Question],
    sent: Mapping[str, tuple[str, ...]],
    *,
    required: bool,
) -> tuple[FieldError, ...]:
    return tuple(
        FieldError(question.id, text)
        for question in questions
        for text in [_error(model, question, sent.get(question.id, ()), required=required)]
        if text
    )


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


def _move(model: Model, session: Session, screen: str, action: str, target: str) -> Session:
    """Return the session with the reader where the action leads."""
    if action == "back":
        return session.go_to(previous_screen(model, session, screen) or "")
    if action == "change" and (target in model.questions or target == LAST):
        return session.go_to(target)
    if action in ("finish", "result"):
        return replace(session, finished=True, at="")
    if action == "more":
        session = replace(session, finished=False, at="")
        if next_question(model, session.answers, session.entries.keys()) is None:
            # Something new first; a question that was skipped only where nothing new can tell.
            new = telling_question(model, session.answers, session.entries.keys())
            return session.go_to(new or telling_question(model, session.answers) or "")
        return session
    return _with_others(session, screen, action, target)


def _with_others(session: Session, screen: str, action: str, target: str) -> Session:
    """Return the session after an action that has to do with other people's answers."""
    here = COMPARED if screen == COMPARED else ""
    if action == "leave-out":
        from cxquiz.quiz.participants import leave_out  # few readers compare

        session = leave_out(session, target)
    if action in ("begin", "compare", "sign", "people", "leave-out"):
        return session.go_to({"begin": "", "compare": COMPARED}.get(action, here))
    if action == "swap" and session.aside:
        return replace(session.aside, aside=replace(session, aside=session.aside.aside))
    if action == "forget":
        return replace(session, aside=None, at="" if screen == RESULT else screen)
    if action == "names":
        return replace(session, names=target == "on", at=here)
    return session
