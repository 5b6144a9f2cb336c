"""Links: whatever somebody sends, there is a screen, and what the reader had is not lost."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.formats.link import from_text
from cxquiz.quiz.links import ASK, BOTH, link_to
from cxquiz.quiz.session import COMPARED, MOST_ASIDE, MOST_OTHERS, Session, from_json, to_json
from cxquiz.quiz.steps import ACTION_FIELD, LINKS_FIELD, SCREEN_FIELD
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import answers
from tests.fuzz.asking import ask, has_answers_of, many, some
from tests.fuzz.damage import ANSWERS, CODES, LINKS, SESSIONS, cut

pytestmark = pytest.mark.fuzz

_LINKS: Final = cut(st.sampled_from(LINKS))


@many
@given(st.sampled_from(SESSIONS), _LINKS)
def test_any_link_is_opened_or_refused(own: Session, link: str) -> None:
    """The reader's answers are on the screen or wait aside."""
    opened = ask(type="open", link=link, answers=to_json(own))
    assert has_answers_of(opened, own)


@many
@given(st.sampled_from(SESSIONS), _LINKS)
def test_any_text_can_be_pasted_beside_others(own: Session, pasted: str) -> None:
    """Nobody who was there before goes, and the reader's own answers stay."""
    fields = [[SCREEN_FIELD, COMPARED], [ACTION_FIELD, "add"], [LINKS_FIELD, pasted]]
    added = ask(type="submit", fields=fields, answers=to_json(own))
    session = from_json(MODEL, added["answers"])
    assert (session.entries, session.aside) == (own.entries, own.aside)
    assert {*own.against} <= {*session.against}
    assert len(session.against) <= MOST_OTHERS


@some
@given(
    st.sampled_from(SESSIONS),
    st.sampled_from((0, MOST_ASIDE - 2)),
    st.lists(st.sampled_from(CODES), min_size=2, max_size=4),
)
def test_links_opened_one_after_another_lose_nothing(
    own: Session, more: int, links: list[str]
) -> None:
    """However many friends send one."""
    session = own
    for _ in range(more):
        session = Session(entries=ANSWERS[0], aside=session)
    answers = to_json(session)
    for link in links:
        answer = ask(type="open", link=link, answers=answers)
        answers = answer["answers"]
        assert has_answers_of(answer, own)


@many
@given(answers(), st.sampled_from(ANSWERS), st.sampled_from(["", ASK, BOTH]), st.booleans())
def test_a_good_link_holds_what_was_sent(
    answered: dict[str, tuple[str, ...]],
    other: dict[str, tuple[str, ...]],
    purpose: str,
    names: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    """Question by question, and what was typed only where that is wished."""
    against = (link_to(MODEL, Session(entries=other)),) if purpose == BOTH else ()
    link = link_to(MODEL, Session(entries=answered, names=names, against=against), purpose)
    answer = ask(type="open", link=f"#{link}", answers=None)
    session = from_json(MODEL, answer["answers"])
    sent = {
        name: it for name, it in answered.items() if names or MODEL.question(name).kind != "text"
    }
    if sent:
        (asked,) = session.against if purpose == ASK else ("",)
        assert (from_text(MODEL, asked).answers if asked else session.answers) == sent
        assert session.aside is None
