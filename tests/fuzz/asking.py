"""Asking as the page does, and checking whatever comes back."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from hypothesis import HealthCheck, settings
from selectolax.lexbor import LexborHTMLParser

from cxquiz.browser import reply
from cxquiz.formats.portfolio_json import parse_text
from cxquiz.model.text import one_line
from cxquiz.quiz.session import Session, from_json
from tests.cxquiz.browser_modules import allowed_attributes, allowed_tags
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.portfolio.portfolio import Kept, Portfolio

EXAMPLES: Final = int(os.environ.get("FUZZ_EXAMPLES", "200"))

many: Final = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""A few hundred examples in each run of all tests; `make fuzz` asks for very many."""

some: Final = settings(many, max_examples=EXAMPLES // 10)
"""Fewer of them, where an example takes long."""

ROOT: Final = "/site/"

_PAIRS: Final = ("html", "title", "focus", "answers")
_MORE: Final = {"relationships", "download", "forget"}

TAGS: Final = allowed_tags()
ATTRIBUTES: Final = allowed_attributes()


def ask(relationships: str = "", **request: object) -> dict[str, Any]:
    """Send a request as the page does, where these are kept; check the reply and return it."""
    sent = {"lens": [], "root": ROOT, "address": f"https://a.example{ROOT}", "today": "2026-11-22"}
    text = json.dumps({**sent, **request})
    answer: dict[str, Any] = json.loads(reply(MODEL, text, lambda: relationships))
    assert tuple(answer)[:4] == _PAIRS
    assert {*answer}.difference(_PAIRS) <= _MORE
    assert answer["title"]
    check_html(answer["html"], answer["focus"])
    # What the page keeps is read again as it was meant.
    session = from_json(MODEL, answer["answers"])
    assert not session.dropped
    if "relationships" in answer:
        assert not parse_text(MODEL, answer["relationships"]).problems
    return answer


def check_html(html: str, focus: str) -> None:
    """Check that a screen is made of what the renderer makes, and of nothing from outside."""
    assert one_line(html) == " ".join(html.split()), "a character that hides or reorders others"
    tree = LexborHTMLParser(html.encode(errors="replace"))
    assert tree.body is not None
    assert tree.head is not None
    assert not tree.head.child, "something was taken for a part of the head"
    assert not tree.body.attributes
    ids: list[str] = []
    nodes = tree.body.traverse()
    next(nodes)  # the body itself
    for node in nodes:
        assert node.tag in TAGS, node.tag
        for name, value in node.attributes.items():
            assert name.lower() in ATTRIBUTES, (node.tag, name)
            if name == "id":
                ids.append(str(value))
            elif name == "href":
                assert _stays_here(str(value)), value
    assert ids.count(focus) == 1
    assert len({*ids}) == len(ids)


def _stays_here(address: str) -> bool:
    parts = urlsplit(address)
    return address.startswith("#") or (
        not parts.scheme and not parts.netloc and parts.path.startswith(ROOT)
    )


def waiting(session: Session | None) -> Iterator[Session]:
    """Yield a session and all that wait behind it."""
    while session is not None:
        yield session
        session = session.aside


def has_answers_of(answer: dict[str, Any], own: Session) -> bool:
    """Say whether what the reader had answered is on the screen or waits aside."""
    return not own.entries or any(
        own.entries.items() <= session.entries.items()
        for session in waiting(from_json(MODEL, answer["answers"]))
    )


def check_kept(before: Portfolio, answer: dict[str, Any]) -> None:
    """Check that each relationship that was kept is still there, now or as an earlier version."""
    if "relationships" not in answer:
        return
    after = {one.id: one for one in parse_text(MODEL, answer["relationships"]).portfolio}
    for one in before:
        assert after[one.id].name.casefold() == one.name.casefold()
        assert one.now.answers in _answers(after[one.id])


def _answers(one: Kept) -> list[object]:
    return [version.answers for version in (one.now, *one.earlier)]


NASTY: Final = (
    *HOSTILE,
    "<svg onload=alert(1)>",
    "</textarea><img src=x onerror=alert(1)>",
    "</title><style>*{}</style>",
    "</svg><a href=javascript:alert(1)>x</a>",
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "\u202egnp.exe",
    "\ufeff",
    "\ud800",
    "\x1b[31m",
    "\r\n",
    "\u2028",
    "a" * 300,
)
"""Texts that do harm where they are taken for anything but a text."""
