"""Files: whatever somebody opens, a good one is taken in whole and a bad one changes nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.formats.portfolio_json import parse_text, to_text
from cxquiz.quiz.session import COMPARED, Session, from_json, to_json
from tests.cxquiz.examples import MODEL
from tests.cxquiz.portfolios import portfolios
from tests.cxquiz.strategies import json_values
from tests.fuzz.asking import NASTY, ask, check_kept, has_answers_of, many, some
from tests.fuzz.damage import LISTS, PORTFOLIOS, RECORDS, SESSIONS, TABLES, cut, spoiled

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio

pytestmark = pytest.mark.fuzz

_NAMES: Final = st.sampled_from(("a.json", "b.csv", "c.txt", "", *NASTY))
_TEXTS: Final = st.one_of(
    spoiled(LISTS),
    spoiled(LISTS),
    cut(spoiled(LISTS)),
    cut(spoiled(RECORDS)),
    cut(st.sampled_from(TABLES)),
    cut(st.sampled_from(TABLES)),
    json_values().map(json.dumps),
    st.text(),
)
_FILES: Final = st.lists(st.tuples(_NAMES, _TEXTS), min_size=1, max_size=2)


@many
@given(st.sampled_from(PORTFOLIOS), st.sampled_from(SESSIONS), _FILES)
def test_any_file_is_taken_in_or_refused(
    mine: Portfolio, own: Session, files: list[tuple[str, str]]
) -> None:
    """Nothing that is kept goes, nor an answer."""
    answer = ask(to_text(mine), type="import", files=files, answers=to_json(own))
    check_kept(mine, answer)
    assert has_answers_of(answer, own)


@many
@given(st.sampled_from(SESSIONS), _FILES)
def test_any_file_can_be_put_beside_others(own: Session, files: list[tuple[str, str]]) -> None:
    """Nobody who was there before goes, and the reader's own answers stay."""
    own = own.go_to(COMPARED)
    answer = ask(type="import", files=files, answers=to_json(own))
    session = from_json(MODEL, answer["answers"])
    assert (session.entries, session.aside) == (own.entries, own.aside)
    assert {*own.against} <= {*session.against}
    assert "relationships" not in answer


@some
@given(st.sampled_from(PORTFOLIOS), portfolios(most=3))
def test_a_good_file_is_taken_in_whole(mine: Portfolio, incoming: Portfolio) -> None:
    """Each relationship of it is then there, under its name."""
    files = [["a.json", to_text(incoming)]]
    answer = ask(to_text(mine), type="import", files=files, answers=None)
    check_kept(mine, answer)
    now = parse_text(MODEL, answer.get("relationships", to_text(mine))).portfolio
    found = [
        (one.name.casefold(), version.answers) for one in now for version in (one.now, *one.earlier)
    ]
    assert all((one.name.casefold(), one.now.answers) in found for one in incoming)
