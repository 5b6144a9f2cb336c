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
from typing import TYPE_CHECKING, Any

import pytest

from cxquiz.answers import TEXT_LIMIT, parse_answers
from cxquiz.loading import load_model
from cxquiz.reading import classify
from tests.cli.running import Ran, interrupt, run, start

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator

MODEL = load_model()
CORE = [MODEL.questions[name] for name in MODEL.estimation.core]
NO_TEXTS = [""] * len(MODEL.on_screen("first"))


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


def shows(ran: Ran, text: str) -> bool:
    """Say whether a text is on the screen, wherever its lines break."""
    return " ".join(text.split()) in " ".join(ran.out.split())


CLEAR = {
    "organisation": "different",
    "use": "use",
    "money": "pay",
    "buying": "sign",
    "direction": "for_them",
}


class TestAnswering:
    """Rule: what is typed becomes the answer that was meant."""

    def test_a_number_is_the_option_beside_it(self) -> None:
        """The screen says which number stands for what."""
        assert answers(ask("2")) == {CORE[0].id: list(CORE[0].options)[1]}

    @pytest.mark.parametrize("typed", ["1 3", "1,3", "3;1", " 1 ,  3 ", "1 3 3"])
    def test_several_numbers_are_several_options(self, typed: str) -> None:
        """Where all that fit are to be ticked, people separate numbers as they like."""
        options = list(MODEL.questions["use"].options)
        assert answers(ask("", typed))["use"] == [options[0], options[2]]

    @pytest.mark.parametrize("typed", ["", "?"])
    def test_not_sure_and_skipping_go_on_without_an_answer(self, typed: str) -> None:
        """Nobody must make something up to get on."""
        ran = ask(typed)
        assert answers(ran) == {}
        assert shows(ran, CORE[1].text)

    @pytest.mark.parametrize("typed", ["0", "9", "yes", "1 2", "1 x", "-1", "1.0", "²", "1" * 5000])
    def test_what_makes_no_sense_is_asked_again(self, typed: str) -> None:
        """A slip must neither count as an answer nor move the quiz on."""
        ran = ask(typed)
        assert answers(ran) == {}
        assert not shows(ran, CORE[1].text)

    def test_an_option_that_excludes_the_others_is_not_taken_with_them(self) -> None:
        """Who ticks “no” beside something else has slipped, and only they can mend it."""
        none = number("use", "none")
        assert answers(ask("", f"1 {none}")) == {}
        assert answers(ask("", f"1 {none}", none)) == {"use": "none"}

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
        assert shows(ran, f"* 2 {list(CORE[0].options.values())[1].text}")

    def test_enter_keeps_an_answer_that_was_given_before(self) -> None:
        """Looking must not delete."""
        assert answers(ask("2", "b", "")) == answers(ask("2"))

    def test_not_sure_takes_an_answer_back(self) -> None:
        """Who doubts it now says so."""
        assert answers(ask("2", "b", "?")) == {}

    def test_a_changed_answer_leaves_the_later_ones(self) -> None:
        """Nobody wants to answer twice."""
        ran = ask("1", "1", "b", "b", "2")
        assert list(answers(ran)) == [CORE[0].id, CORE[1].id]
        assert answers(ran)[CORE[0].id] == list(CORE[0].options)[1]

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
            {"name": "Ada", CORE[0].id: next(iter(CORE[0].options))},
        )
        assert not shows(ran, MODEL.say("result_title"))

    def test_input_without_end_does_not_go_on_for_ever(self) -> None:
        """``yes b | cxquiz ask`` must come to its end."""
        assert answers(run("ask", stdin="b\n" * 2000)) == {}

    def test_the_printed_answers_give_the_same_reading(self) -> None:
        """They can be kept and classified later."""
        ran = ask(*["1"] * 10, "r")
        reading = classify(MODEL, parse_answers(MODEL, answers(ran)))
        (result,) = run("classify", stdin=ran.out.splitlines()[-1]).results
        assert result["primary"] == reading.assessment.primary
        assert shows(ran, MODEL.relationships[result["primary"]].reading)


class TestLastPage:
    """Rule: the optional last page is offered once, and only taken by who wants it."""

    def lines(self, *more: str) -> list[str]:
        """Return what to type for a clear case, and more after it."""
        given = [number(q.id, CLEAR[q.id]) if q.id in CLEAR else "?" for q in CORE]
        return [*given, *more]

    @pytest.mark.parametrize("typed", ["", "2"])
    def test_it_can_be_passed_over(self, typed: str) -> None:
        """It is optional."""
        ran = ask(*self.lines(typed))
        assert ran.out.count(MODEL.say("last_title")) == 1
        assert shows(ran, MODEL.relationships["external_customer"].reading)

    def test_its_answers_sharpen_the_advice(self) -> None:
        """That is what it is for."""
        fields = MODEL.on_screen("last")
        wanted = MODEL.context["arrival"].options["tickets"]
        place = [field.id for field in fields].index("arrival")
        option = list(MODEL.context["arrival"].options).index("tickets") + 1
        typed = ["" for _ in fields]
        typed[place] = str(option)
        typed[[field.id for field in fields].index("beneficiary")] = "the children"
        ran = ask(*self.lines("1", *typed))
        assert shows(ran, wanted.advice)
        assert shows(ran, MODEL.say("beneficiary_line", beneficiary="the children"))

    def test_going_back_from_its_first_question_leads_to_the_offer(self) -> None:
        """Who opened it by mistake gets out again."""
        ran = ask(*self.lines("1", "b", "2"))
        assert ran.out.count(MODEL.say("last_title")) == 2
        assert shows(ran, MODEL.say("why_title"))

    def test_going_back_from_the_offer_leads_to_the_last_question(self) -> None:
        """As everywhere."""
        ran = ask(*self.lines("b", "1", ""))
        assert answers(ran)[CORE[-1].id] == next(iter(CORE[-1].options))
        assert shows(ran, MODEL.say("why_title"))

    def test_what_is_answered_there_is_not_lost_by_stopping(self) -> None:
        """The same promise as before."""
        ran = ask(*self.lines("1", "1", "q"))
        first = MODEL.on_screen("last")[0]
        assert answers(ran)[first.id] == next(iter(first.options))

    @pytest.mark.parametrize("typed", ["1 2", "3", "?", "x"])
    def test_what_makes_no_sense_is_asked_again(self, typed: str) -> None:
        """As everywhere."""
        assert not shows(ask(*self.lines(typed)), MODEL.say("why_title"))


class TestReading:
    """Rule: the reading says all that the page says."""

    def reading(self, given: dict[str, str]) -> Ran:
        """Answer the core questions so, ask for the result, and return the screen."""
        typed = [number(q.id, given[q.id]) if q.id in given else "?" for q in CORE]
        return ask(*typed, *["?"] * 5, "", "")

    def test_a_reading_gives_its_reasons_and_the_next_steps(self) -> None:
        """A label alone helps nobody."""
        given = {**CLEAR, "decisions": "together", "reporting": "no"}
        ran = self.reading(given)
        reading = classify(MODEL, parse_answers(MODEL, given))
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
        assert reading.assessment.disputes
        assert [text for text in wanted if not shows(ran, text)] == []

    def test_a_reading_says_whom_it_is_about(self) -> None:
        """On paper, a week later, nobody knows it otherwise."""
        typed = "\n".join(["Ada", "the engine", *["1"] * 10, "r"])
        shown = run("ask", stdin=typed).out.partition(MODEL.say("result_title"))[2]
        assert MODEL.say("about_name", name="Ada") in shown
        assert MODEL.say("about_work", work="the engine") in shown

    def test_each_change_says_what_it_leads_to(self) -> None:
        """Whoever doubts an answer sees what hangs on it."""
        given = {"organisation": "same", "use": "use", "direction": "for_them", "decisions": "they"}
        given |= {"failure": "both", "reporting": "no"}
        ran = self.reading(given)
        change = classify(MODEL, parse_answers(MODEL, given)).changes[0]
        assert shows(ran, MODEL.questions[change.question].options[change.option].text)
        assert shows(ran, MODEL.relationships[change.primary].name)

    def test_two_readings_are_both_shown(self) -> None:
        """A tie must not be broken in silence."""
        given = {"organisation": "same", "use": "use", "direction": "together", "failure": "both"}
        given |= {"decisions": "they", "reporting": "no", "money": "recharge"}
        assessment = classify(MODEL, parse_answers(MODEL, given)).assessment
        assert assessment.verdict == "two_readings"
        ran = self.reading(given)
        for label in assessment.labels[:2]:
            assert shows(ran, MODEL.relationships[label].reading)

    def test_too_few_answers_give_a_hint_and_no_next_steps(self) -> None:
        """Advice on so little would be a guess."""
        ran = self.reading({"organisation": "same"})
        assert shows(ran, MODEL.verdicts["not_enough"].text)
        assert not shows(ran, MODEL.say("next_steps_title"))

    def test_no_answer_gives_no_reading(self) -> None:
        """Nothing said, nothing read."""
        assert shows(self.reading({}), MODEL.say("result_none"))

    def test_answers_that_do_not_go_together_are_shown(self) -> None:
        """The slip may be anywhere, so the user decides."""
        given = {**CLEAR, "organisation": "same"}
        rule = next(r for r in MODEL.contradictions if r.id == "inside_and_real_money")
        assert shows(self.reading(given), rule.text)

    def test_the_result_so_far_is_only_offered_when_there_is_enough(self) -> None:
        """Before that there is none."""
        label = MODEL.say("show_now_button")
        assert not shows(ask("1", "1"), label)
        assert not shows(ask("r"), CORE[1].text)
        assert shows(ask(*["1"] * 7), label)


class TestPlainText:
    """Rule: it reads well in any terminal, and in none."""

    def test_a_pipe_gets_no_codes(self) -> None:
        """Colours would be rubbish in a file."""
        ran = ask(*["1"] * 10, "r")
        assert "\x1b" not in ran.out
        assert all(line == line.rstrip() or line == "> " for line in ran.out.splitlines())

    @pytest.mark.parametrize("width", [20, 40, 80])
    def test_lines_fit_the_width(self, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """A narrow window must not break words in the middle."""
        monkeypatch.setenv("COLUMNS", str(width))
        *shown, kept = ask(*["1"] * 10, "r").out.splitlines()
        assert max(map(len, shown)) <= width
        assert kept.startswith('{"answers"')

    def test_lines_do_not_grow_with_the_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Lines of two hundred letters cannot be read."""
        monkeypatch.setenv("COLUMNS", "400")
        *shown, _ = ask(*["1"] * 10, "r").out.splitlines()
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
            for _ in CORE:
                screen.until("> ")
                screen.type("1\n")
            screen.until("> ")
            screen.type("r\n")
            shown = screen.until('{"answers": ')
            assert MODEL.say("next_steps_title") in shown
            screen.until("}\n")
            assert screen.running.wait() == 0

    def test_colour_can_be_switched_off(self) -> None:
        """Some people cannot read it, and some terminals cannot show it."""
        colour = re.compile(r"\x1b\[[0-9;]*3[0-9]")
        with terminal() as screen:
            screen.type("\n\n")
            assert colour.search(screen.until(f"{CORE[0].text}") + screen.until("> "))
        with terminal(NO_COLOR="1") as screen:
            screen.type("\n\n")
            assert not colour.search(screen.until(f"{CORE[0].text}") + screen.until("> "))

    @pytest.mark.parametrize("columns", [40, 80])
    def test_lines_fit_the_terminal(self, columns: int) -> None:
        """The terminal would break words in the middle."""
        with terminal(columns) as screen:
            screen.type("\n\n")
            shown = screen.until(CORE[0].text[:20]) + screen.until("> ")
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
