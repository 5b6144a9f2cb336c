"""The page and Python mean the same by what they say to each other.

The page's side stands in ``docs/assets/quiz/contract.mjs``.
"""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any, Final

import pytest

from cxquiz.authoring.page import ELEMENT, render_page_quiz
from cxquiz.authoring.paper import PAPER
from cxquiz.browser import reply
from cxquiz.html.components import PRINT, text_field
from cxquiz.html.portfolio import LARGER
from cxquiz.html.share import COPY
from cxquiz.quiz.links import ASK, BOTH, link_to
from cxquiz.quiz.session import RELATIONSHIPS, Session
from cxquiz.quiz.steps import ACTION_FIELD, KEEPING_ACTIONS, NAME_FIELD, SCREEN_FIELD
from tests.cxquiz.browser_modules import MODULES, choices, fields, shared_names
from tests.cxquiz.examples import MODEL
from tests.cxquiz.markup import parse

ENTRY: Final = Path(__file__).parents[2] / "cxquiz" / "browser.py"

NAMES: Final = {
    "ELEMENT": ELEMENT,
    "PAPER": PAPER,
    "SCREEN_FIELD": SCREEN_FIELD,
    "ACTION_FIELD": ACTION_FIELD,
    "COPY": COPY,
    "PRINT": PRINT,
    "LARGER": LARGER,
}
"""Python's constants, by the names that they have in the browser."""

TESTED_BELOW: Final = {"RELATIONSHIPS_ACTION", "ENTER_ATTRIBUTE", "ANSWERS_LINK"}
"""What Python has no constant for."""

SESSION: Final = Session({"organisation": ("one",)}, finished=True)

SAMPLES: Final[dict[str, dict[str, Any]]] = {
    "show": {},
    "submit": {"fields": []},
    "open": {"link": "#"},
    "import": {"files": []},
}
"""The least request of each type."""


def ask(relationships: str = "", **request: object) -> dict[str, Any]:
    """Send a request as the page does, where these are kept, and return the reply."""
    sent = {"lens": [], "root": "/", "address": "https://a.example/", "today": "2026-11-22"}
    text = json.dumps({**sent, **request})
    found: dict[str, Any] = json.loads(reply(MODEL, text, lambda: relationships))
    return found


class TestNames:
    """Rule: the page finds what Python has rendered, and Python what the page sends."""

    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_is_the_same_on_both_sides(self, name: str) -> None:
        """A button or a form would do nothing without a word."""
        assert shared_names()[name] == NAMES[name]

    def test_no_name_is_without_a_test(self) -> None:
        """Whoever adds one to the browser's side says here what it is in Python."""
        assert set(shared_names()) == {*NAMES, *TESTED_BELOW}

    def test_no_other_module_of_the_browser_spells_a_name(self) -> None:
        """A name that is written twice can differ."""
        texts = {f'"{name}"' for name in shared_names().values() if name.startswith("cx-")}
        for module in MODULES.glob("*.mjs"):
            if module.name != "contract.mjs":
                spelt = {text for text in texts if text in module.read_text(encoding="utf-8")}
                assert not spelt, module.name

    def test_the_page_can_ask_for_the_relationships(self) -> None:
        """Its button stands outside every form of Python's."""
        action = shared_names()["RELATIONSHIPS_ACTION"]
        assert action in KEEPING_ACTIONS
        shown = ask(type="submit", fields=[[ACTION_FIELD, action]])
        assert shown["answers"]["at"] == RELATIONSHIPS

    def test_enter_finds_its_button(self) -> None:
        """The attribute is written as Python's keyword is."""
        (field,) = parse(text_field("a", "", enter="sign")).elements
        assert field.attributes[shared_names()["ENTER_ATTRIBUTE"]] == "sign"

    @pytest.mark.parametrize("purpose", ["", ASK, BOTH])
    def test_the_page_knows_each_kind_of_link(self, purpose: str) -> None:
        """Else a link that somebody sent would open an empty quiz."""
        pattern = shared_names()["ANSWERS_LINK"]
        assert re.match(pattern, f"#{link_to(MODEL, SESSION, purpose)}")

    def test_the_page_looks_for_the_parts_that_there_are(self) -> None:
        """A part that is missing is an error in the reader's browser."""
        page = parse(render_page_quiz(MODEL, root="/"))
        rendered = [item.attributes.get("data-cx") for item in page.elements]
        assert {name for name in rendered if name} == choices("Part")


class TestMessages:
    """Rule: a message has the form that both sides know."""

    def test_each_type_of_request_is_answered(self) -> None:
        """The page would show a failure, though nothing has failed."""
        assert set(SAMPLES) == choices("QuizRequest", "type")
        for name, sample in SAMPLES.items():
            assert ask(type=name, **sample)["html"]

    def test_python_knows_no_other_type(self) -> None:
        """What nobody can ask is no part of the program."""
        assert types_handled() == choices("QuizRequest", "type")

    def test_another_type_is_refused(self) -> None:
        """By an error, and not by a screen that nobody has asked for."""
        with pytest.raises(ValueError, match="type"):
            ask(type="other")

    def test_python_reads_what_the_page_sends(self) -> None:
        """All of it, and nothing that never comes."""
        assert keys_read() == fields("QuizRequest")

    def test_a_reply_has_what_the_page_relies_on(self) -> None:
        """Each reply, whatever was asked."""
        assert set(ask(type="show")) == fields("QuizReply", always=True)

    def test_what_comes_now_and_then_is_known_to_the_page(self) -> None:
        """What to keep, to save and to forget."""
        named = [[NAME_FIELD, "The library"], [ACTION_FIELD, "keep"]]
        kept = ask(type="submit", fields=named)
        stored = kept["relationships"]
        saved = ask(stored, type="submit", fields=[[ACTION_FIELD, "export:json"]])
        gone = ask(stored, type="submit", fields=[[ACTION_FIELD, "delete-now"]])
        assert {*kept, *saved, *gone} == fields("QuizReply")
        assert set(saved["download"]) == fields("Download")


def types_handled() -> set[str]:
    """Return the types of a request for which the entry's code has a case."""
    return {
        pattern.value.value
        for case in _cases()
        for key, pattern in zip(case.keys, case.patterns, strict=True)
        if isinstance(key, ast.Constant) and key.value == "type"
        if isinstance(pattern, ast.MatchValue) and isinstance(pattern.value, ast.Constant)
        if isinstance(pattern.value.value, str)
    }


def keys_read() -> set[str]:
    """Return the keys of a request that the entry's code reads."""
    in_cases = {
        key.value for case in _cases() for key in case.keys if isinstance(key, ast.Constant)
    }
    read = re.findall(r"\braw(?:\.get\(|\[)'(\w+)'", ast.unparse(_entry()))
    return {*read, *(key for key in in_cases if isinstance(key, str))}


def _cases() -> list[ast.MatchMapping]:
    return [node for node in ast.walk(_entry()) if isinstance(node, ast.MatchMapping)]


def _entry() -> ast.Module:
    return ast.parse(ENTRY.read_text(encoding="utf-8"))
