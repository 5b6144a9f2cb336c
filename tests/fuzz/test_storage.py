"""Storage: whatever the browser kept, there is a screen, and what could be read stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.quiz.portfolio_actions import RANK_FIELD, VIA_FIELD, read
from cxquiz.quiz.session import COMPARED, INVITED, LAST, RELATIONSHIPS, RESULT, from_json, to_json
from cxquiz.quiz.steps import (
    ACTION_FIELD,
    ACTIONS,
    BY_FIELD,
    KEEPING_ACTIONS,
    LINKS_FIELD,
    NAME_FIELD,
    SCREEN_FIELD,
)
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import ALL_QUESTIONS, json_values
from tests.fuzz.asking import NASTY, ask, check_kept, has_answers_of, many, waiting
from tests.fuzz.damage import CODES, LISTS, SESSIONS, cut, spoiled

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.quiz.session import Session

pytestmark = pytest.mark.fuzz


def _is_json(text: str) -> bool:
    """Say whether a browser could have kept it: what it keeps is JSON, and not too deep."""
    try:
        json.dumps(json.loads(text))
    except (ValueError, RecursionError):
        return False
    return True


_SCREENS: Final = (*MODEL.questions, LAST, INVITED, COMPARED, RELATIONSHIPS, RESULT, "", "x")
_TARGETS: Final = (
    "",
    "n1",
    "n2",
    "n4",
    "json",
    "csv",
    "md",
    "svg",
    "png",
    "stored",
    "on",
    "use",
    "0",
)
_ACTIONS: Final = (*ACTIONS, "", *KEEPING_ACTIONS, *KEEPING_ACTIONS, *NASTY)
_FIELDS: Final = (
    *((name, option) for name, it in ALL_QUESTIONS.items() for option in (*it.options, "not_sure")),
    *((name, text) for name in ("name", "work", "beneficiary", NAME_FIELD) for text in NASTY),
    *((RANK_FIELD, text) for text in ("primary", "supporting", "", "x")),
    *((VIA_FIELD, text) for text in ("n1", "n2", "", "x", *NASTY)),
    *((LINKS_FIELD, text) for text in (*CODES[:3], *NASTY)),
    *((name, text) for name in (BY_FIELD, f"{BY_FIELD}:0", f"{BY_FIELD}:6") for text in NASTY),
)
_SUBMITTED: Final = st.builds(
    lambda screen, action, target, fields: [
        [SCREEN_FIELD, screen],
        [ACTION_FIELD, f"{action}:{target}" if target else action],
        *fields,
    ],
    st.sampled_from(_SCREENS),
    st.sampled_from(_ACTIONS),
    st.sampled_from(_TARGETS),
    st.lists(st.sampled_from(_FIELDS), max_size=4),
)
_STORED: Final = (
    spoiled([to_json(session) for session in SESSIONS]).filter(_is_json).map(json.loads)
)
_KEPT: Final = st.one_of(
    spoiled(LISTS), spoiled(LISTS), cut(spoiled(LISTS)), json_values().map(json.dumps)
)
_GONE: Final = ("restart", "forget", "delete-now")
"""With these a reader throws answers away."""


@many
@given(_STORED | json_values(), st.none() | _STORED, _KEPT)
def test_anything_stored_is_shown_or_begun_anew(
    stored: object, place: object, relationships: str
) -> None:
    """Showing it changes nothing of what could be read."""
    at: dict[str, Any] = {} if place is None else {"place": place}
    answer = ask(relationships, type="show", answers=stored, **at)
    assert has_answers_of(answer, from_json(MODEL, stored))
    assert "relationships" not in answer


@many
@given(_STORED | json_values(), _KEPT, _SUBMITTED)
def test_any_action_on_anything_stored_loses_nothing(
    stored: object, relationships: str, fields: list[list[str]]
) -> None:
    """But for what the reader throws away, or answers anew."""
    own = from_json(MODEL, stored)
    action, _, target = fields[1][1].partition(":")
    answer = ask(relationships, type="submit", answers=stored, fields=fields, narrow=True)
    shelf = read(MODEL, relationships)
    check_kept(
        tuple(one for one in shelf.portfolio if (action, target) != ("remove-now", one.id)), answer
    )
    if shelf.problems and "relationships" in answer:
        assert answer["download"]["text"] == shelf.stored, "what cannot be read is saved first"
    if answer.get("forget"):
        assert action == "delete-now"
    if action not in _GONE:
        kept = [one.now.answers for one in shelf.portfolio]
        assert _without_name(own.answers) in kept or _has_unsent(own, answer, fields)


def _without_name(answers: Answers) -> Answers:
    return {name: it for name, it in answers.items() if name != "name"}


def _has_unsent(own: Session, answer: dict[str, Any], fields: list[list[str]]) -> bool:
    """Say whether all answers of which the form said nothing are on the screen or wait aside."""
    sent = {name for name, _ in fields} | {fields[0][1]}
    unsent = {name: it for name, it in own.entries.items() if name not in sent}
    return any(
        unsent.items() <= session.entries.items()
        for session in waiting(from_json(MODEL, answer["answers"]))
    )
