"""``cxquiz ask``: the quiz in a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import termios
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.classifier import verdict
from cxquiz.classifier.answers import TEXT_LIMIT, parse_answers
from cxquiz.classifier.reading import Reading, assess, classify
from cxquiz.model.dates import months_later
from tests.cli.running import Ran, interrupt, run, start
from tests.cxquiz.examples import met, somebody

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    from cxquiz.classifier.answers import Answers

MODEL = load_model()
NO_TEXTS = [""] * len(MODEL.on_screen("first"))


def typed(given: Answers) -> list[str]:
    """Return what to type for these answers, up to the offer of the last page."""
    return [" ".join(number(name, one) for one in some) or "?" for name, some in met(given).items()]


def upto(question: str) -> list[str]:
    """Return what to type to skip all questions up to this one."""
    skipped = list(met({}))
    return [""] * skipped.index(question)


def ask(*lines: str) -> Ran:
    """Take the quiz, typing these lines after the optional texts, until the input ends."""
    ran = run("ask", stdin="".join(f"{line}\n" for line in (*NO_TEXTS, *lines)))
    assert (ran.code, ran.err) == (0, "")
    return ran


def answers(ran: Ran) -> dict[str, Any]:
    """Return the answers that the last line says."""
    found: dict[str, Any] = json.loads(ran.out.splitlines()[-1])["answers"]
    return found


def number(question: str, option: str) -> str:
    """Return what to type for an option."""
    return str(list(MODEL.questions[question].options).index(option) + 1)


def enough(given: Answers) -> bool:
    """Say whether these answers have a reading."""
    return assess(MODEL, given).verdict != verdict.NOT_ENOUGH


def settled(reading: Reading) -> bool:
    """Say whether a reading is of one relationship; what would change it is told of no other."""
    return reading.assessment.verdict not in {verdict.NOT_ENOUGH, verdict.TWO_READINGS}


def shows(ran: Ran, text: str) -> bool:
    """Say whether a text is on the screen, wherever its lines break."""
    return " ".join(text.split()) in " ".join(ran.out.split())


CLEAR = somebody(lambda given: assess(MODEL, given).verdict == verdict.CLEAR)
"""Answers with a clear reading."""
ALL_FIRST = met({question.id: tuple(question.options)[:1] for question in MODEL.questions.values()})
"""Whoever types 1 for everything answers so."""
FIRST = MODEL.questions[next(iter(ALL_FIRST))]
"""The question that comes first."""
AFTER_SKIPPING = MODEL.questions[list(met({}))[1]]
"""The question that comes second to who has skipped the first."""


def read_so(wanted: Callable[[Reading], object]) -> tuple[Ran, Reading]:
    """Take the quiz for the first who gets such a reading; return the screen and the reading."""
    given = somebody(lambda some: wanted(classify(MODEL, some)))
    return ask(*typed(given), ""), classify(MODEL, given)


class TestAnswering:
    """Rule: what is typed becomes the answer that was meant."""

    def test_a_number_is_the_option_beside_it(self) -> None:
        """The screen says which number stands for what."""
        assert answers(ask("2")) == {FIRST.id: list(FIRST.options)[1]}

    @pytest.mark.parametrize("line", ["1 3", "1,3", "3;1", " 1 ,  3 ", "1 3 3"])
    def test_several_numbers_are_several_options(self, line: str) -> None:
        """Where all that fit are to be ticked, people separate numbers as they like."""
        options = list(MODEL.questions["use"].options)
        assert answers(ask(*upto("use"), line))["use"] == [options[0], options[2]]

    @pytest.mark.parametrize("line", ["", "?"])
    def test_not_sure_and_skipping_go_on_without_an_answer(self, line: str) -> None:
        """Nobody must make something up to get on."""
        ran = ask(line)
        assert answers(ran) == {}
        assert shows(ran, AFTER_SKIPPING.text)

    @pytest.mark.parametrize("line", ["0", "9", "yes", "1 2", "1 x", "-1", "1.0", "²", "1" * 5000])
    def test_what_makes_no_sense_is_asked_again(self, line: str) -> None:
        """A slip must neither count as an answer nor move the quiz on."""
        skipped = upto(next(name for name in met({}) if MODEL.questions[name].kind == "one"))
        number = len(skipped) + 1
        ran = ask(*skipped, line)
        assert answers(ran) == {}
        assert ran.out.count(MODEL.say("question_number", number=number)) == 1
        assert not shows(ran, MODEL.say("question_number", number=number + 1))

    def test_an_option_that_excludes_the_others_is_not_taken_with_them(self) -> None:
        """Who ticks “no” beside something else has slipped, and only they can mend it."""
        none = number("use", "none")
        assert answers(ask(*upto("use"), f"1 {none}")) == {}
        assert answers(ask(*upto("use"), f"1 {none}", none)) == {"use": "none"}

    def test_the_name_and_the_work_are_asked_first(self) -> None:
        """The reading is about somebody, for some work."""
        ran = run("ask", stdin=" Ada  Lovelace \nthe engine\n")
        assert answers(ran) == {"name": "Ada Lovelace", "work": "the engine"}

    def test_too_long_a_text_is_asked_again(self) -> None:
        """Cutting it off in silence would lose what was meant."""
        assert answers(run("ask", stdin="a" * (TEXT_LIMIT + 1) + "\nAda\n")) == {"name": "Ada"}

    def test_control_characters_are_left_out_of_a_text(self) -> None:
        """A pressed arrow key must not end up in a name and move the cursor later."""
        assert answers(run("ask", stdin="A\x1bd\x07a\n")) == {"name": "Ada"}


class TestMoving:
    """Rule: one can go back, change an answer and stop; nothing is lost."""

    def test_back_shows_the_question_before_with_its_answer(self) -> None:
        """Whoever goes back wants to see what they said."""
        ran = ask("2", "b")
        assert shows(ran, f"* 2 {list(FIRST.options.values())[1].text}")

    def test_enter_keeps_an_answer_that_was_given_before(self) -> None:
        """Looking must not delete."""
        assert answers(ask("2", "b", "")) == answers(ask("2"))

    def test_not_sure_takes_an_answer_back(self) -> None:
        """Who doubts it now says so."""
        assert answers(ask("2", "b", "?")) == {}

    def test_a_changed_answer_leaves_the_later_ones(self) -> None:
        """Nobody wants to answer twice."""
        ran = ask("1", "1", "b", "b", "2")
        first, second, *_ = ALL_FIRST
        assert answers(ran) == {
            first: list(MODEL.questions[first].options)[1],
            second: next(iter(MODEL.questions[second].options)),
        }

    def test_back_from_the_first_question_leads_to_the_texts(self) -> None:
        """A misspelt name can be mended."""
        ran = run("ask", stdin="Ada\nwork\nb\nBea\n")
        assert answers(ran) == {"name": "Bea", "work": "work"}

    def test_back_on_the_very_first_screen_stays_there(self) -> None:
        """There is nothing before it, and it is no name."""
        assert answers(run("ask", stdin="b\nAda\n")) == {"name": "Ada"}

    @pytest.mark.parametrize("end", ["q\n", "Q\n", ""])
    def test_stopping_prints_what_was_answered(self, end: str) -> None:
        """The door rings; nothing is lost."""
        ran = run("ask", stdin=f"Ada\n\n1\n{end}")
        assert (ran.code, answers(ran)) == (
            0,
            {"name": "Ada", FIRST.id: next(iter(FIRST.options))},
        )
        assert not shows(ran, MODEL.say("result_title"))

    def test_input_without_end_does_not_go_on_for_ever(self) -> None:
        """``yes b | cxquiz ask`` must come to its end."""
        assert answers(run("ask", stdin="b\n" * 2000)) == {}

    def test_the_printed_answers_give_the_same_reading(self) -> None:
        """They can be kept and classified later."""
        ran = ask(*typed(CLEAR), "")
        reading = classify(MODEL, parse_answers(MODEL, answers(ran)))
        (result,) = run("classify", stdin=ran.out.splitlines()[-1]).results
        assert result["primary"] == reading.assessment.primary
        assert shows(ran, MODEL.relationships[result["primary"]].reading)


class TestLastPage:
    """Rule: the optional last page is offered once, and only taken by who wants it."""

    def lines(self, *more: str) -> list[str]:
        """Return what to type for a clear case, and more after it."""
        return [*typed(CLEAR), *more]

    @pytest.mark.parametrize("line", ["", "2"])
    def test_it_can_be_passed_over(self, line: str) -> None:
        """It is optional."""
        ran = ask(*self.lines(line))
        assert ran.out.count(MODEL.say("last_title")) == 1
        assert shows(ran, MODEL.relationships[assess(MODEL, CLEAR).labels[0]].reading)

    def test_its_answers_sharpen_the_advice(self) -> None:
        """That is what it is for."""
        fields = MODEL.on_screen("last")
        wanted = MODEL.context["arrival"].options["tickets"]
        place = [field.id for field in fields].index("arrival")
        option = list(MODEL.context["arrival"].options).index("tickets") + 1
        lines = ["" for _ in fields]
        lines[place] = str(option)
        lines[[field.id for field in fields].index("beneficiary")] = "the children"
        ran = ask(*self.lines("1", *lines))
        assert shows(ran, wanted.advice)
        assert shows(ran, MODEL.say("beneficiary_line", beneficiary="the children"))

    def test_going_back_from_its_first_question_leads_to_the_offer(self) -> None:
        """Who opened it by mistake gets out again."""
        ran = ask(*self.lines("1", "b", "2"))
        assert ran.out.count(MODEL.say("last_title")) == 2
        assert shows(ran, MODEL.say("why_title"))

    def test_going_back_from_the_offer_leads_to_the_last_question(self) -> None:
        """As everywhere."""
        ran = ask(*self.lines("b", "", ""))
        last = MODEL.say("question_number", number=len(met(CLEAR)))
        assert ran.out.count(last) == 2
        assert shows(ran, MODEL.say("why_title"))

    def test_what_is_answered_there_is_not_lost_by_stopping(self) -> None:
        """The same promise as before."""
        ran = ask(*self.lines("1", "1", "q"))
        first = MODEL.on_screen("last")[0]
        assert answers(ran)[first.id] == next(iter(first.options))

    @pytest.mark.parametrize("line", ["1 2", "3", "?", "x"])
    def test_what_makes_no_sense_is_asked_again(self, line: str) -> None:
        """As everywhere."""
        assert not shows(ask(*self.lines(line)), MODEL.say("why_title"))


def date_now() -> str:
    """Return the date of today, as the quiz takes it."""
    return datetime.now(tz=UTC).astimezone().date().isoformat()


class TestReading:
    """Rule: the reading says all that the page says."""

    def test_a_reading_gives_its_reasons_and_the_next_steps(self) -> None:
        """A label alone helps nobody."""
        ran, reading = read_so(
            lambda reading: (
                reading.evidence_against
                and reading.assessment.disputes
                and reading.assessment.flags
                and reading.assessment.verdict != verdict.NOT_ENOUGH
            )
        )
        relationship = MODEL.relationships[reading.assessment.labels[0]]
        wanted = [
            relationship.name,
            relationship.reading,
            MODEL.verdicts[reading.assessment.verdict].text,
            *(MODEL.questions[item.question].short for item in reading.evidence_for),
            *(MODEL.questions[item.question].short for item in reading.evidence_against),
            *(rule.text for rule in MODEL.disputes if rule.id in reading.assessment.disputes),
            *(rule.text for rule in MODEL.flags if rule.id in reading.assessment.flags),
            *relationship.next_steps,
            relationship.ask_them,
            relationship.mirror_text,
        ]
        assert [text for text in wanted if not shows(ran, text)] == []

    def test_a_reading_says_whom_it_is_about(self) -> None:
        """On paper, a week later, nobody knows it otherwise."""
        lines = "\n".join(["Ada", "the engine", *typed(ALL_FIRST), "", ""])
        shown = run("ask", stdin=lines).out.partition(MODEL.say("result_title"))[2]
        assert MODEL.say("about_name", name="Ada") in shown
        assert MODEL.say("about_work", work="the engine") in shown

    def test_each_way_on_has_a_day_to_look_again(self) -> None:
        """Counted from today."""
        before = date_now()
        ran, reading = read_so(lambda reading: reading.assessment.verdict != verdict.NOT_ENOUGH)
        after = date_now()  # the clock may have passed midnight
        ways = [way for way in MODEL.toward if reading.assessment.labels[0] in way.relationships]
        assert ways
        for way in ways:
            assert shows(ran, way.text)
            assert any(
                shows(
                    ran,
                    MODEL.say("toward_review", date=months_later(MODEL, today, way.review_months)),
                )
                for today in (before, after)
            )

    def test_the_result_so_far_is_only_offered_when_there_is_enough(self) -> None:
        """Before that there is none."""
        label = MODEL.say("show_now_button")
        given = met(somebody(lambda some: enough(dict(list(some.items())[:-1]))))
        lines = typed(given)
        for count in range(len(lines)):
            so_far = dict(list(given.items())[:count])
            assert shows(ask(*lines[:count]), label) == enough(so_far)
        assert not shows(ask("r"), MODEL.say("question_number", number=2))


class TestPlainText:
    """Rule: it reads well in any terminal, and in none."""

    def test_a_pipe_gets_no_codes(self) -> None:
        """Colours would be rubbish in a file."""
        ran = ask(*typed(ALL_FIRST), "")
        assert "\x1b" not in ran.out
        assert all(line == line.rstrip() or line == "> " for line in ran.out.splitlines())

    @pytest.mark.parametrize("width", [20, 40, 80])
    def test_lines_fit_the_width(self, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """A narrow window must not break words in the middle."""
        monkeypatch.setenv("COLUMNS", str(width))
        *shown, kept = ask(*typed(ALL_FIRST), "").out.splitlines()
        assert max(map(len, shown)) <= width
        assert kept.startswith('{"answers"')

    def test_lines_do_not_grow_with_the_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lines of two hundred letters cannot be read."""
        monkeypatch.setenv("COLUMNS", "400")
        *shown, _ = ask(*typed(ALL_FIRST), "").out.splitlines()
        assert max(map(len, shown)) <= 100


class Screen:
    """A terminal with the quiz in it."""

    def __init__(self, running: subprocess.Popen[bytes], descriptor: int) -> None:
        self.running = running
        self.descriptor = descriptor
        self.waiting = ""

    def until(self, wanted: str) -> str:
        """Read until a text has come; return it with all that came before."""
        while wanted not in self.waiting:
            ready, _, _ = select.select([self.descriptor], [], [], 30)
            chunk = b""
            with suppress(OSError):  # how Linux says that nobody writes any more
                chunk = os.read(self.descriptor, 65536) if ready else b""
            assert chunk, f"{wanted!r} did not come, but {self.waiting!r}"
            self.waiting += chunk.decode().replace("\r\n", "\n")
        before, _, self.waiting = self.waiting.partition(wanted)
        return before + wanted

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self.descriptor, text.encode())


@contextmanager
def terminal(columns: int = 80, **environment: str) -> Iterator[Screen]:
    """Open a terminal and take the quiz in it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    colours = {"TERM": "xterm-256color", "NO_COLOR": "", "COLUMNS": "", **environment}
    with start("ask", stdin=theirs, stdout=theirs, stderr=theirs, environment=colours) as running:
        os.close(theirs)
        try:
            yield Screen(running, ours)
        finally:
            running.kill()
            os.close(ours)


class TestTerminal:
    """Rule: it works in a real terminal."""

    def test_the_quiz_from_the_first_key_to_the_last(self) -> None:
        """That is where it is used."""
        with terminal() as screen:
            screen.until("> ")
            screen.type("Ada\n")
            screen.until("> ")
            screen.type("\n")
            for line in typed(CLEAR):
                screen.until("> ")
                screen.type(f"{line}\n")
            screen.until("> ")
            screen.type("\n")
            shown = screen.until('{"answers": ')
            assert MODEL.say("next_steps_title") in shown
            screen.until("}\n")
            assert screen.running.wait() == 0

    def test_colour_can_be_switched_off(self) -> None:
        """Some people cannot read it, and some terminals cannot show it."""
        colour = re.compile(r"\x1b\[[0-9;]*3[0-9]")
        with terminal() as screen:
            screen.type("\n\n")
            assert colour.search(screen.until(FIRST.text[:20]) + screen.until("> "))
        with terminal(NO_COLOR="1") as screen:
            screen.type("\n\n")
            assert not colour.search(screen.until(FIRST.text[:20]) + screen.until("> "))

    @pytest.mark.parametrize("columns", [40, 80])
    def test_lines_fit_the_terminal(self, columns: int) -> None:
        """The terminal would break words in the middle."""
        with terminal(columns) as screen:
            screen.type("\n\n")
            shown = screen.until(FIRST.text[:20]) + screen.until("> ")
        bare = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
        assert max(map(len, bare.splitlines())) <= columns

    @pytest.mark.parametrize("way", ["ctrl-c", "ctrl-d"])
    def test_ctrl_c_and_ctrl_d_print_what_was_answered(self, way: str) -> None:
        """They are how people leave a program, and nothing must be lost by it."""
        with terminal() as screen:
            screen.until("> ")
            screen.type("Ada\n")
            screen.until("> ")
            if way == "ctrl-c":
                assert interrupt(screen.running) == 130
            else:
                screen.type("\x04")
                assert screen.running.wait() == 0
            shown = screen.until("}\n")
            assert json.loads(shown.splitlines()[-1]) == {"answers": {"name": "Ada"}}
            assert "Traceback" not in shown
