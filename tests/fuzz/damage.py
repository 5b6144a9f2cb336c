"""What hypothesis sends: what the quiz wrote, and what becomes of it on the way.

An example takes a few draws only. What is drawn are numbers and entries of lists that are made
once, for drawing whole lists of relationships takes longer than all that is tested.
"""

from __future__ import annotations

import copy
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hypothesis import strategies as st

from cxquiz.classifier.answers import parse_answers
from cxquiz.formats.link import to_text
from cxquiz.formats.portfolio_csv import to_csv
from cxquiz.formats.portfolio_json import to_json
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE, THEIRS
from cxquiz.portfolio.portfolio import PRIMARY, keep, link, rank, version
from cxquiz.quiz.session import COMPARED, INVITED, LAST, RELATIONSHIPS, Session
from cxquiz.quiz.session import to_json as to_json_session
from tests.cxquiz.examples import CASES, MODEL
from tests.fuzz.asking import NASTY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.portfolio.portfolio import Portfolio
    from tests.cxquiz.strategies import Strategy

ANSWERS: Final = [
    {**parse_answers(MODEL, case.answers), "name": (f"N{number}",)}
    for number, case in enumerate(CASES[:40])
]
"""Answers as readers gave them."""

_TEXTS: Final = [text for text in NASTY if len(text) <= 200 and one_line(text)]


def _codes() -> Iterator[str]:
    for number, some in enumerate(ANSWERS):
        side = THEIRS if number % 3 == 0 else MINE
        typed = {"name": (_TEXTS[number % len(_TEXTS)],)} if number % 2 else {}
        by = _TEXTS[-number % len(_TEXTS)] if number % 5 == 0 else ""
        yield to_text(MODEL, {**some, **typed}, side=side, texts=number % 2 == 1, by=by)


CODES: Final = list(_codes())
"""The answers as they stand in links."""

LINKS: Final = [
    *CODES,
    *(f"#{code}" for code in CODES),
    *(f"ask.{code}" for code in CODES),
    *(f"https://a.example/site/quiz/#both.{one}.{other}" for one, other in pairwise(CODES)),
    "#both." + ".".join(CODES),
    "",
]

SESSIONS: Final = [
    Session(),
    *(Session(entries=some, finished=True, last_seen=True) for some in ANSWERS[:6]),
    *(
        Session(entries={"use": some["use"], "work": (one_line(text),)}, at="use")
        for some, text in zip(ANSWERS, _TEXTS, strict=False)
        if "use" in some
    ),
    Session(entries=ANSWERS[1], side=THEIRS, against=tuple(CODES[:1]), finished=True),
    Session(entries=ANSWERS[2], against=tuple(CODES[2:9]), at=COMPARED, names=True),
    Session(entries=ANSWERS[3], against=tuple(CODES[3:7]), at=COMPARED, by="A", opened=True),
    Session(against=(CODES[3],), side=THEIRS, at=INVITED, aside=Session(entries=ANSWERS[5])),
    Session(entries=ANSWERS[4], at=RELATIONSHIPS, identity="n4", aside=Session({"use": ("use",)})),
    Session(entries=ANSWERS[4], at=LAST, dropped=("gone",)),
]
"""Where readers may stand."""


def _portfolios() -> Iterator[Portfolio]:
    names = ["n1", "n2", "n4", "n1", *_TEXTS]
    for number in range(0, len(names), 3):
        portfolio: Portfolio = ()
        for name, some in zip(names[number : number + 3], ANSWERS[number:], strict=False):
            now = version(MODEL, some, kept="2026-01-02" if number % 2 else "", note=name * 3)
            portfolio = keep(portfolio, name, now)
        first, *others = portfolio
        later = version(MODEL, ANSWERS[-number], kept="2026-11-01")
        portfolio = keep(portfolio, "", later, identity=first.id)
        for one in others:
            portfolio = link(rank(portfolio, one.id, PRIMARY), one.id, first.id)
        yield portfolio


PORTFOLIOS: Final = [(), *_portfolios()]
"""Lists of relationships as readers keep them."""

_RAW: Final = "@raw@"
RAW: Final = (
    *(
        "NaN",
        "-Infinity",
        "1e999",
        "1" * 300,
        "1" * 5000,
        "-0.0",
        '{"a": 1, "a": 2}',
        "tru",
        "",
        '"',
    ),
    *("[" * depth + "]" * depth for depth in (40, 400, 950, 9000)),
    *('{"a":' * depth + "1" + "}" * depth for depth in (40, 400, 950)),
    *("[" * 100_000, '"\\ud800"', '"\\u0000"', '"\x00"'),
)
"""JSON, or none, that no program writes."""

VALUES: Final[list[Any]] = [
    *NASTY,
    *(f"{_RAW}{number}" for number in range(len(RAW))),
    *(None, True, False, 0, 1, 2, -1, 1.0, 1e300, 10**300, "", " ", "0", [], {}, [[]], [None]),
    *([["use", ["use"]]], {"use": "use"}, {"use": ["use", "none"]}, {"name": "x"}, {"a": {}}),
    *("2026-02-31", "0000-01-01", "9999-12-31", "٢٠٢٦-01-01", "n1", "n2", "use", MINE, THEIRS),
    *("primary", "supporting", "customer", "two_readings", "clear", "not_sure", "cx-focus"),
    *("same", COMPARED, INVITED, RELATIONSHIPS, LAST, CODES[0], CODES[1], "x" * 9000, ["x"] * 70),
    *([CODES[0], CODES[1]], ["<b>"], [1, "x"], {"answers": [["use", ["use"]]], "at": INVITED}),
]
"""What may stand where something else should."""


def _spoil(raw: Any, where: int, how: int, what: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a document with one place of it spoiled; the number says which and how deep."""
    if not isinstance(raw, dict | list) or not raw or where % 7 == 0:
        return what
    keys = list(raw) if isinstance(raw, dict) else range(len(raw))
    where, number = divmod(where, len(keys))
    key = keys[number]
    raw = copy.copy(raw)
    if how == 0 or where:
        raw[key] = _spoil(raw[key], where, how, what)
    elif how == 1:
        del raw[key]
    elif isinstance(raw, list):
        raw.insert(key, what if how == 2 else raw[key])
    else:
        raw[what if isinstance(what, str) else str(what)[:99]] = raw[key]
    return raw


def _written(raw: object, spoils: Iterable[tuple[int, int, object]]) -> str:
    for where, how, what in spoils:
        raw = _spoil(raw, where, how, what)
    text = json.dumps(raw, ensure_ascii=False)
    for number in reversed(range(len(RAW))):
        text = text.replace(f'"{_RAW}{number}"', RAW[number])
    return text


_SPOILS: Final = st.lists(
    st.tuples(st.integers(0, 1 << 16), st.sampled_from((0, 0, 1, 2, 3)), st.sampled_from(VALUES)),
    max_size=3,
)


def spoiled(documents: list[object]) -> Strategy[str]:
    """Documents as JSON, with some places spoiled."""
    return st.builds(_written, st.sampled_from(documents), _SPOILS)


_PIECES: Final = (
    *NASTY,
    *("cx", "cx1", "cx1mz", "cx2t", "cx9", "ask.", "both.", "#", ".", "-", "-a", " ", "\n", "%"),
    *(
        "%23",
        "%63%78%31",
        "\0",
        "é",
        "\U0001d7d9",
        "A",
        "z" * 60,
        "0" * 9000,
        '"',
        ",",
        ";",
        ":",
        "{",
        "]",
    ),
    *("\\", "\\u", "\t", '""', ",,,,", "\r", "id,name,use\r\n", "=1+1", "null", "1e9", *CODES[:3]),
)


def _cut(text: str, cuts: Iterable[tuple[str, int, str]]) -> str:
    for how, where, piece in cuts:
        at = where % (len(text) + 1)
        if how == "end":
            text = text[:at]
        elif how == "begin":
            text = text[at:]
        elif how == "insert":
            text = text[:at] + piece + text[at:]
        elif how == "replace":
            text = text[:at] + piece + text[at + len(piece) :]
        elif how == "drop":
            text = text[:at] + text[at + 1 + where % 7 :]
        elif how == "double":
            text = text[:at] + piece + text
        elif how == "case":
            text = text[:at] + text[at : at + 1].swapcase() + text[at + 1 :]
        elif how == "quote":
            text = quote(text, errors="replace")
        else:
            text = piece
    return text


_HOWS: Final = ("end", "begin", "insert", "replace", "drop", "double", "case", "quote", "instead")
_CUTS: Final = st.lists(
    st.tuples(
        st.sampled_from(_HOWS),
        st.integers(0, 1 << 14),
        st.sampled_from(_PIECES) | st.text(max_size=4),
    ),
    max_size=3,
)


def cut(texts: Strategy[str]) -> Strategy[str]:
    """Texts that were cut, put together, changed, or none of it."""
    return st.builds(_cut, texts, _CUTS)


LISTS: Final[list[object]] = [to_json(portfolio) for portfolio in PORTFOLIOS]
"""Lists of relationships, each of which is a file."""

TABLES: Final = [
    *(to_csv(MODEL, portfolio) for portfolio in PORTFOLIOS),
    "id,name,use,kept\r\n1,A,use,2026-01-01\r\n2,<b>B</b>,none;use,\r\n",
    "name,organisation\n=cmd|' /C calc'!A0,same\n@SUM(1),\n",
    "name;use\nA;use\n",
]

RECORDS: Final[list[object]] = [
    *(to_json_session(session) for session in SESSIONS),
    *({"id": "n1", "by": "Ann", "answers": some, "side": THEIRS} for some in ANSWERS[:3]),
    *({"id": 7, "name": "n2", "link": code} for code in CODES[:3]),
]
"""Records of a register, each of which is a line of a file."""
