"""Text from outside is clean wherever it comes in, and wherever it goes out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.browser import reply
from cxquiz.classifier.answers import parse_answers
from cxquiz.formats.answer_sets import answer_set_of
from cxquiz.formats.link import from_text as from_link
from cxquiz.formats.link import to_text as to_link
from cxquiz.formats.portfolio_json import parse_text, to_text
from cxquiz.model.text import one_line, several_lines
from cxquiz.model.types import MINE
from cxquiz.portfolio.portfolio import keep, version
from cxquiz.quiz.participants import people
from cxquiz.quiz.session import COMPARED, Session, from_json, to_json
from tests.cxquiz.examples import MODEL, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.formats.answer_sets import AnswerSet
    from cxquiz.formats.link import Received

DIRTY: Final = "An\u202en\x07\x00\u2069\x9b\ud800\ufffe"
CLEAN: Final = "Ann"
CHOSEN: Final = {"organisation": ["same"], "use": ["use"]}


class TestOneLine:
    """Rule: one line, and no character that shows nothing and does harm."""

    @given(st.text())
    def test_a_clean_text_stays_as_it_is(self, text: str) -> None:
        """Cleaning twice must not change what was kept the first time."""
        assert one_line(one_line(text)) == one_line(text)

    @given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1))
    def test_whatever_shows_stays(self, text: str) -> None:
        """People have names in every script."""
        assert one_line(text) == text

    @pytest.mark.parametrize("blank", ["\r\n", "\n", "\r", "\t", "\x0b", "\x85", "\u2028", "  "])
    def test_what_stands_between_words_is_one_blank(self, blank: str) -> None:
        """A name that was copied from a table has line breaks in it."""
        assert one_line(f"{blank}Ann{blank}Lee{blank}") == "Ann Lee"

    def test_joiners_stay(self) -> None:
        """Scripts of India and Persia, and family emoji, are written with them."""
        text = "\u0646\u200c\u0647 \U0001f469\u200d\U0001f467"
        assert one_line(text) == text


class TestSeveralLines:
    """Rule: line breaks stay, as line feeds, and all else is as in one line."""

    def test_each_way_to_end_a_line_is_one(self) -> None:
        """Notes come from every system."""
        assert several_lines("a\r\nb\rc\n\td\x07\n") == "a\nb\nc\n\td"


def _typed(text: str) -> Session:
    """Return a session with a text in it, past the ways in that clean it."""
    return Session({**{key: tuple(it) for key, it in CHOSEN.items()}, "name": (text,)})


def _file(by: str) -> str:
    given = answer_set_of(MODEL, {"id": "a", "by": by, "answers": CHOSEN}, "somebody")
    return _given(given).by


def _given(given: object) -> AnswerSet:
    from cxquiz.formats.answer_sets import AnswerSet  # a type to check for

    assert isinstance(given, AnswerSet)
    return given


def _foreign_link(name: str, *, by: str = "") -> str:
    """Return a link that another program wrote, which cleans nothing."""
    with patch("cxquiz.formats.link.one_line", lambda text: text.replace("\ud800", "")):
        return to_link(MODEL, _typed(name).answers, texts=True, by=by)


def _link(name: str, *, by: str = "") -> Received:
    return from_link(MODEL, _foreign_link(name, by=by))


def _list(name: str) -> str:
    kept = keep((), "x", version(MODEL, {}, kept=""))
    raw = json.loads(to_text(kept))
    raw["relationships"][0]["name"] = name
    return parse_text(MODEL, json.dumps(raw)).portfolio[0].name


def _form(text: str) -> str:
    fields = [["cx-screen", "compared"], ["cx-action", "sign"], ["cx-by", text]]
    session = Session(at=COMPARED, against=(to_link(MODEL, {"organisation": ("same",)}),))
    answered = json.loads(_ask(type="submit", answers=to_json(session), fields=fields))
    return str(answered["answers"]["by"])


def _ask(**request: object) -> str:
    place = {"root": "/", "address": "https://a.example/", "today": "2026-11-22", "lens": []}
    return reply(MODEL, json.dumps({**place, **request}))


ENTRANCES: Final[dict[str, Callable[[str], str]]] = {
    "an answer": lambda text: parse_answers(MODEL, {"name": text})["name"][0],
    "a stored answer": lambda text: from_json(MODEL, {"answers": [["name", [text]]]}).answers[
        "name"
    ][0],
    "a stored name of the reader": lambda text: from_json(MODEL, {"by": text}).by,
    "an answer in a link": lambda text: str(_link(text).answers["name"][0]),
    "a name in a link": lambda text: str(_link("x", by=text).by),
    "a name in a file": _file,
    "a name in a list": _list,
    "a name in a form": _form,
}


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_every_way_in_cleans(entrance: str) -> None:
    """One that did not let others turn the words beside their name."""
    assert ENTRANCES[entrance](DIRTY) == CLEAN


class TestEveryWayOutIsClean:
    """Rule: what got in all the same does not come out as HTML."""

    def test_in_a_comparison(self) -> None:
        """The name of somebody else stands beside the reader's own."""
        text = _foreign_link(DIRTY, by=DIRTY)
        assert people(MODEL, Session(against=(text,)))[1].name == CLEAN

    @pytest.mark.parametrize("request_type", ["show", "open"])
    def test_in_a_reply(self, request_type: str) -> None:
        """Whatever the browser has kept or is led to, the page shows no such character."""
        link = f"both.{_foreign_link(DIRTY, by=DIRTY)}"
        answered = _ask(
            type=request_type,
            answers={"answers": [["name", [DIRTY]], [DIRTY, []]], "by": DIRTY},
            link=link,
        )
        shown = json.loads(answered)
        assert one_line(shown["html"]) == " ".join(shown["html"].split())
        assert one_line(shown["title"]) == shown["title"]

    def test_in_what_is_wrong_with_a_file(self) -> None:
        """Messages quote what they do not know."""
        found = answer_set_of(SMALL, {"id": "a", "answers": {DIRTY: []}}, "somebody")
        assert DIRTY not in str(found)
        assert MINE not in str(found)
