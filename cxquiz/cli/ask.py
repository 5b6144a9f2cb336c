"""``cxquiz ask``: the quiz in a terminal, one question at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.classifier.explanation import explain
from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH
from cxquiz.cli.reading import show_reading
from cxquiz.cli.terminal import Terminal
from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import LAST, RESULT, Session, current_screen, previous_screen
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD, submit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxquiz.model.types import Model, Question

# Nobody types more lines than this; input that makes no sense and has no end does.
_MOST_LINES: Final = 500

# What only a terminal has to say; all else is the model's wording.
_GIVEN: Final = "*"
_KEEP: Final = "Keep this answer"
_STOP: Final = "Stop"
_EXAMPLE: Final = "For several, type their numbers with a space between."
_NOT_UNDERSTOOD: Final = "Type one of the numbers or letters shown, then press Enter."
_ONE_ONLY: Final = "Type one number only."
_TOO_MANY_LINES: Final = "That was a lot of input, so the quiz stops here."
_ANSWERS: Final = "Your answers, for “cxquiz classify”:"


class _Key(Enum):
    """What a user can want instead of giving an answer."""

    ENTER = auto()
    UNSURE = auto()
    BACK = auto()
    FINISH = auto()


_LETTERS: Final = {"": _Key.ENTER, "?": _Key.UNSURE, "b": _Key.BACK, "r": _Key.FINISH}


class _StopError(Exception):
    """The user wants to stop, or there is nothing more to read."""


def ask(model: Model) -> int:
    """Take the quiz on standard input and output.

    However it ends, the answers are printed at the end as one line of JSON, in the form
    that ``cxquiz classify`` reads.

    Args:
        model: The model to ask and judge by.

    Returns:
        0, also where the user stopped early.

    Raises:
        KeyboardInterrupt: The user pressed Ctrl-C; the answers were printed before.
    """
    quiz = _Quiz(model, Terminal())
    try:
        quiz.run()
    except _StopError:
        pass
    finally:
        quiz.print_answers()
    return 0


class _Quiz:
    """One run of the quiz."""

    def __init__(self, model: Model, terminal: Terminal) -> None:
        self.model = model
        self.terminal = terminal
        self.session = Session()
        self.lines = 0

    def run(self) -> None:
        """Ask until there is enough, then show the reading."""
        self.terminal.heading(self.model.say("quiz_title"))
        self._ask_first()
        while (screen := current_screen(self.model, self.session)) != RESULT:
            if screen == LAST:
                self._ask_last()
            else:
                self._ask_scored(self.model.questions[screen])
        today = datetime.now(tz=UTC).astimezone().date().isoformat()
        show_reading(explain(self.model, self.session.answers, today=today), self.terminal)

    def print_answers(self) -> None:
        """Print all answers as one line of JSON."""
        answers = {
            question: options[0] if len(options) == 1 else options
            for question, options in self.session.answers.items()
        }
        self.terminal.say()
        self.terminal.say(_ANSWERS, "dim")
        self.terminal.line(json.dumps({"answers": answers}))

    def _ask_first(self) -> None:
        self._ask_fields(self.model.on_screen("first"), leave=False)

    def _ask_scored(self, question: Question) -> None:
        """Ask one question of the quiz and move the session on."""
        back = previous_screen(self.model, self.session, question.id)
        enough = assess(self.model, self.session.answers).verdict != NOT_ENOUGH
        asked = [entry for entry in self.session.entries if entry in self.model.questions]
        number = asked.index(question.id) if question.id in asked else len(asked)
        self.terminal.heading(self.model.say("question_number", number=number + 1))
        self._show(question, back=True, finish=enough)
        while True:
            typed = self._read(question, finish=enough)
            if typed is _Key.BACK and back is None:
                self._ask_first()
                return
            step = submit(self.model, self.session, self._form(question, typed))
            if not step.errors:
                self.session = step.session
                return
            for error in step.errors:
                self._mistake(error.text)

    def _form(self, question: Question, typed: _Key | tuple[str, ...]) -> list[tuple[str, str]]:
        """Return the fields that a page would send for what the user typed."""
        given = self.session.entries.get(question.id, ())
        action, chosen = "continue", typed if isinstance(typed, tuple) else given
        if typed is _Key.UNSURE:
            chosen = (NOT_SURE,)
        elif typed is _Key.BACK:
            action = "back"
        elif typed is _Key.FINISH:
            action = "finish"
        elif not chosen:
            action = "skip"
        # The first page of the quiz holds the texts as well.
        texts = [
            (field.id, text)
            for field in self.model.on_screen("first")
            for text in self.session.entries.get(field.id, ())
        ]
        fields = [(question.id, option) for option in chosen]
        return [(SCREEN_FIELD, question.id), (ACTION_FIELD, action), *texts, *fields]

    def _ask_last(self) -> None:
        """Offer the optional last page."""
        say = self.model.say
        self.terminal.heading(say("last_title"))
        self.terminal.say(say("last_lead"))
        self.terminal.say()
        self.terminal.items([("1", say("more_questions_button")), ("2", say("show_result_button"))])
        self._show_keys({"": say("show_result_button"), "b": say("back_button")})
        while True:
            typed = self._choose({"1": "1", "2": "2"}, ("", "b"))
            if typed is _Key.BACK:
                back = previous_screen(self.model, self.session, LAST)
                self.session = self.session.go_to(back or "")
                return
            if typed == ("1",) and not self._ask_fields(self.model.on_screen(LAST), leave=True):
                return
            if typed is _Key.ENTER or typed in (("1",), ("2",)):
                self.session = replace(self.session, last_seen=True, at="")
                return
            self._mistake(_ONE_ONLY)

    def _ask_fields(self, questions: tuple[Question, ...], *, leave: bool) -> bool:
        """Ask unscored questions in turn.

        Args:
            questions: The questions.
            leave: Whether the user can go back before the first one.

        Returns:
            Whether they were all asked; else the user went back before the first.
        """
        place = 0
        while place < len(questions):
            typed = self._ask_field(questions[place], back=leave or place > 0)
            place += -1 if typed is _Key.BACK else 1
            if place < 0 and leave:
                return False
            place = max(place, 0)
        return True

    def _ask_field(self, question: Question, *, back: bool) -> _Key | None:
        """Ask one unscored question; ``BACK`` or ``None`` says where to go on."""
        self.terminal.say()
        self._show(question, back=back)
        while True:
            typed = self._read(question)
            if typed is _Key.BACK:
                return _Key.BACK
            given = self.session.entries.get(question.id, ())
            raw = typed if isinstance(typed, tuple) else () if typed is _Key.UNSURE else given
            try:
                chosen = parse_answer(question, raw)
            except AnswersError:
                # The options are right, so a text is too long.
                self._mistake(
                    self.model.say("error_too_long", limit=TEXT_LIMIT, question=question.text)
                )
                continue
            self.session = self.session.answer({question.id: chosen})
            return None

    def _show(self, question: Question, *, back: bool, finish: bool = False) -> None:
        """Print a question with what can be typed."""
        say = self.model.say
        given = self.session.entries.get(question.id, ())
        scored = question.id in self.model.questions
        self.terminal.say(
            question.text if scored else f"{question.text} ({say('optional')})", "bold"
        )
        if question.hint:
            self.terminal.say(question.hint, "dim")
        if question.kind == "text":
            self.terminal.items((_GIVEN, text) for text in given)
        else:
            self.terminal.say()
            self.terminal.items(
                (f"{_GIVEN if option.id in given else ''}{number:>2}", option.text)
                for number, option in enumerate(question.options.values(), start=1)
            )
        if question.kind == "many":
            self.terminal.say(f"{say('tick_all')} {_EXAMPLE}", "dim")
        keys = {"": _KEEP if given else say("skip_button")}
        if question.kind != "text":
            keys["?"] = say("not_sure")
        if back:
            keys["b"] = say("back_button")
        if finish:
            keys["r"] = say("show_now_button")
        self._show_keys(keys)

    def _show_keys(self, keys: Mapping[str, str]) -> None:
        shown = [f"{letter or 'Enter'}: {meaning}" for letter, meaning in keys.items()]
        self.terminal.say()
        self.terminal.choices([*shown, f"q: {_STOP}"])

    def _read(self, question: Question, *, finish: bool = False) -> _Key | tuple[str, ...]:
        """Return what the user wants: a key, or option ids, or a text."""
        if question.kind == "text":
            return self._choose(None, ("", "?", "b"))
        options = {str(number): name for number, name in enumerate(question.options, start=1)}
        letters = ("", "?", "b", "r") if finish else ("", "?", "b")
        while True:
            typed = self._choose(options, letters)
            if question.kind == "many" or isinstance(typed, _Key) or len(set(typed)) == 1:
                return typed
            self._mistake(_ONE_ONLY)

    def _choose(
        self, options: Mapping[str, str] | None, letters: tuple[str, ...]
    ) -> _Key | tuple[str, ...]:
        """Read lines until one can be understood.

        Args:
            options: What the numbers stand for; ``None`` where any text will do.
            letters: The letters that are allowed here.
        """
        while True:
            typed = self.terminal.read()
            self.lines += 1
            if self.lines > _MOST_LINES:
                self.terminal.say(_TOO_MANY_LINES, "red")
                raise _StopError
            if typed is None or typed.casefold() == "q":
                raise _StopError
            if typed.casefold() in letters:
                return _LETTERS[typed.casefold()]
            if options is None:
                return (typed,)
            numbers = typed.replace(",", " ").replace(";", " ").split()
            if numbers and all(number in options for number in numbers):
                return tuple(options[number] for number in numbers)
            self._mistake(_NOT_UNDERSTOOD)

    def _mistake(self, text: str) -> None:
        self.terminal.say(text, "red")
