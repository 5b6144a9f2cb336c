"""The screens that ask: one question, and the optional last page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH
from cxquiz.html.components import (
    about,
    actions,
    answers_so_far,
    button,
    heading,
    notices,
)
from cxquiz.html.markup import Markup, el, join
from cxquiz.model.types import NOT_SURE, Question
from cxquiz.quiz.session import LAST, previous_screen
from cxquiz.quiz.steps import SCREEN_FIELD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxquiz.model.types import Model
    from cxquiz.quiz.session import Session
    from cxquiz.quiz.steps import FieldError, Step


def render_question(model: Model, step: Step) -> tuple[Markup, str]:
    """Return the screen with one question, and its title."""
    session = step.session
    question = model.questions[step.screen]
    back = previous_screen(model, session, question.id)
    asked = [entry for entry in session.entries if entry in model.questions]
    number = asked.index(question.id) + 1 if question.id in asked else len(asked) + 1
    first = back is None
    # The very first screen begins with the lead and the names; the focus must not pass them by.
    fresh = not asked
    title = model.say("question_number", number=number)
    enough = assess(model, session.answers).verdict != NOT_ENOUGH
    form = el(
        "form",
        _error_summary(model, step.errors),
        notices(model, session),
        None if first else about(model, session),
        _lead(model) if fresh else None,
        *(_text_field(model, step, field) for field in model.on_screen("first") if first),
        el("p", title, class_="cx-step"),
        _fieldset(model, step, question, heading(question.text, takes_focus=not fresh)),
        el("input", type="hidden", name=SCREEN_FIELD, value=question.id),
        actions(
            button("continue", model.say("continue_button"), look="primary"),
            button("skip", model.say("skip_button")),
            None if first else button("back", model.say("back_button")),
            button("finish", model.say("show_now_button")) if enough else None,
        ),
        _so_far(model, session, leave_out=question.id),
        class_="cx-form",
        data_cx_enter="continue",
        method="dialog",
        novalidate=True,
    )
    return form, question.text


def render_last(model: Model, step: Step) -> tuple[Markup, str]:
    """Return the optional last page, and its title."""
    title = model.say("last_title")
    form = el(
        "form",
        _error_summary(model, step.errors),
        notices(model, step.session),
        about(model, step.session),
        el("p", model.say("last_screen_number"), class_="cx-step"),
        heading(title),
        el("p", model.say("last_lead"), class_="cx-hint"),
        *(
            _text_field(model, step, field) if field.kind == "text" else _select(model, step, field)
            for field in model.on_screen(LAST)
        ),
        el("input", type="hidden", name=SCREEN_FIELD, value=LAST),
        actions(
            button("continue", model.say("show_result_button"), look="primary"),
            button("back", model.say("back_button")),
        ),
        _so_far(model, step.session),
        class_="cx-form",
        data_cx_enter="continue",
        method="dialog",
        novalidate=True,
    )
    return form, title


def _lead(model: Model) -> Markup:
    return el("p", model.say("quiz_lead"), id="cx-focus", tabindex="-1", class_="cx-lead")


def _so_far(model: Model, session: Session, *, leave_out: str = "") -> Markup | None:
    """Return the answers so far, and at their end the button that throws them away."""
    answers = answers_so_far(model, session, leave_out=leave_out)
    if answers is None:
        return None
    return join(answers, actions(button("restart", model.say("restart_button"))))


def _chosen(step: Step, question: Question) -> tuple[str, ...] | None:
    """Return what was chosen: in the refused submission, else before; ``None`` if neither."""
    attempt: Mapping[str, tuple[str, ...]] | None = step.attempt
    if attempt is not None:
        return attempt.get(question.id)
    return step.session.entries.get(question.id)


def _error_summary(model: Model, errors: tuple[FieldError, ...]) -> Markup | None:
    if not errors:
        return None
    return el(
        "div",
        el(
            "div",
            el("h3", model.say("error_title"), class_="cx-errors__title"),
            el(
                "ul",
                *(
                    el("li", el("a", error.text, href=f"#{_first_id(model, error.question)}"))
                    for error in errors
                ),
            ),
            role="alert",
        ),
        id="cx-errors",
        class_="cx-errors",
        tabindex="-1",
    )


def _first_id(model: Model, question_id: str) -> str:
    """Return the id of the control that an error message leads to."""
    question = model.question(question_id)
    if question.id not in model.questions:
        return f"cx-{question.id}"
    return _option_id(question, next(iter(question.options)))


def _option_id(question: Question, option: str) -> str:
    return f"cx-{question.id}-{option}"


def _error_of(step: Step, question: Question) -> Markup | None:
    for error in step.errors:
        if error.question == question.id:
            return el("p", error.text, id=f"cx-{question.id}-error", class_="cx-error")
    return None


def _described_by(hint: Markup | None, error: Markup | None, question: Question) -> str | None:
    ids = [
        f"cx-{question.id}-{name}"
        for name, part in (("hint", hint), ("error", error))
        if part is not None
    ]
    return " ".join(ids) or None


def _hint(question: Question, *more: str) -> Markup | None:
    text = " ".join(part for part in (*more, question.hint) if part)
    return el("p", text, id=f"cx-{question.id}-hint", class_="cx-hint") if text else None


def _fieldset(model: Model, step: Step, question: Question, title: Markup) -> Markup:
    many = question.kind == "many"
    hint = _hint(question, model.say("tick_all") if many else "")
    error = _error_of(step, question)
    chosen = _chosen(step, question)
    # An answer that was skipped or "not sure" is kept as an empty one.
    unsure = chosen is not None and (NOT_SURE in chosen or (not chosen and step.attempt is None))
    return el(
        "fieldset",
        el("legend", title, class_="cx-legend"),
        hint,
        error,
        *(
            _choice(question, option.id, option.text, checked=option.id in (chosen or ()))
            for option in question.options.values()
        ),
        el("p", model.say("or_divider"), class_="cx-divider"),
        _choice(question, NOT_SURE, model.say("not_sure"), checked=unsure),
        class_="cx-fieldset" + (" cx-fieldset--error" if error else ""),
        aria_describedby=_described_by(hint, error, question),
    )


def _choice(question: Question, option: str, text: str, *, checked: bool) -> Markup:
    option_id = _option_id(question, option)
    return el(
        "div",
        el(
            "input",
            type="checkbox" if question.kind == "many" else "radio",
            id=option_id,
            name=question.id,
            value=option,
            checked=checked,
            class_="cx-choice__input",
        ),
        el("label", text, for_=option_id, class_="cx-choice__label"),
        class_="cx-choice",
    )


def _label(model: Model, question: Question) -> Markup:
    return el(
        "label",
        question.text,
        " ",
        el("span", f"({model.say('optional')})", class_="cx-optional"),
        for_=f"cx-{question.id}",
        class_="cx-label",
    )


def _text_field(model: Model, step: Step, question: Question) -> Markup:
    hint = _hint(question)
    error = _error_of(step, question)
    value = " ".join(_chosen(step, question) or ())
    field = el(
        "input",
        type="text",
        id=f"cx-{question.id}",
        name=question.id,
        value=value or None,
        autocomplete="off",
        class_="cx-input",
        aria_describedby=_described_by(hint, error, question),
        aria_invalid="true" if error else None,
    )
    return el("div", join(_label(model, question), hint, error, field), class_="cx-field")


def _select(model: Model, step: Step, question: Question) -> Markup:
    chosen = _chosen(step, question) or ()
    options = [
        el("option", option.text, value=option.id, selected=option.id in chosen)
        for option in question.options.values()
    ]
    hint = _hint(question)
    error = _error_of(step, question)
    field = el(
        "select",
        el("option", model.say("choose_one"), value=""),
        *options,
        id=f"cx-{question.id}",
        name=question.id,
        class_="cx-input",
        aria_describedby=_described_by(hint, error, question),
        aria_invalid="true" if error else None,
    )
    return el("div", join(_label(model, question), hint, error, field), class_="cx-field")
