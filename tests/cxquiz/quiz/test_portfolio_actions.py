"""My relationships: nothing that was kept or answered is lost by what a reader does next."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from cxquiz.formats.portfolio_json import parse_text, to_text
from cxquiz.portfolio.portfolio import ID_LIMIT, MOST, Kept, Portfolio, Version, keep
from cxquiz.quiz.portfolio_actions import Outcome, act, read, receive
from cxquiz.quiz.session import MOST_ASIDE, Session
from cxquiz.quiz.steps import ACTION_FIELD, NAME_FIELD
from tests.cxquiz.examples import SMALL

NEAR: Final = {"where": ("here",)}
FAR: Final = {"where": ("there",)}
KEPT: Final = keep((), "Ada", Version("2026-01-01", NEAR))
FULL: Final = tuple(Kept(f"r{number}", "x", Version("", {})) for number in range(MOST))


def press(session: Session, stored: Portfolio | str, action: str, name: str = "") -> Outcome:
    """Press a button on the screen with all relationships, or that of the result."""
    text = stored if isinstance(stored, str) else to_text(stored)
    fields = {ACTION_FIELD: action, NAME_FIELD: name}
    return act(SMALL, session, read(SMALL, text), fields, today="2026-11-22")


class TestDamaged:
    """Rule: what the browser keeps and nobody can read is saved as a file before a change."""

    @pytest.mark.parametrize(
        "stored", [to_text(KEPT)[:-9], to_text(KEPT).replace('"format": 1', '"format": 2'), "{}"]
    )
    def test_keeping_another_saves_it(self, stored: str) -> None:
        """A later version of the quiz may have written it."""
        done = press(Session(NEAR), stored, "keep", "Bob")
        assert done.rescue == stored
        assert "mine_saved_first" in done.messages

    def test_opening_a_file_saves_it(self) -> None:
        """What is in the file is then the whole list."""
        done = receive(SMALL, Session(), read(SMALL, "{"), [("a.json", to_text(KEPT))])
        assert done.portfolio == KEPT
        assert done.rescue == "{"

    def test_looking_saves_nothing(self) -> None:
        """Nothing changes by it."""
        assert press(Session(), "{", "relationships").rescue == ""


class TestMost:
    """Rule: no more is kept than can be read again."""

    def test_one_more_is_refused(self) -> None:
        """It would push the last one out when the list is read again."""
        done = press(Session(NEAR), FULL, "keep", "One more")
        assert not done.changed
        assert done.messages == (f"mine_most {MOST}",)

    def test_a_new_version_of_one_is_kept(self) -> None:
        """The list gets no longer by it."""
        assert press(Session(NEAR, identity="r1"), FULL, "keep").changed

    def test_a_file_that_goes_beyond_is_refused(self) -> None:
        """As a whole, and the reader is told."""
        done = receive(SMALL, Session(), read(SMALL, to_text(FULL)), [("a.json", to_text(KEPT))])
        assert done.portfolio == FULL
        assert done.messages == ("mine_refused a.json", f"mine_most {MOST}")


class TestOpening:
    """Rule: opening a relationship loses no answers that are kept nowhere."""

    def test_changed_answers_wait_aside(self) -> None:
        """They were opened from the list, and are not in it as they are now."""
        changed = Session(FAR, identity="ada")
        assert press(changed, KEPT, "open:ada").session.aside == changed.go_to("relationships")

    def test_kept_answers_do_not(self) -> None:
        """The list has them."""
        assert press(Session(NEAR, identity="ada"), KEPT, "open:ada").session.aside is None

    def test_nothing_is_opened_where_too_many_wait(self) -> None:
        """The first of them would be lost."""
        session = Session(NEAR)
        for _ in range(MOST_ASIDE):
            session = Session(FAR, aside=session)
        done = press(session, KEPT, "open:ada")
        assert replace(done.session, at="") == session
        assert done.messages == ("aside_full",)


@pytest.mark.parametrize("identity", ["x" * (ID_LIMIT + 1), "a\0", " "])
def test_an_id_that_no_list_may_hold_is_made_anew(identity: str) -> None:
    """What the browser kept of the session may be damaged."""
    kept = press(Session(NEAR, identity=identity), KEPT, "keep", "Bob").portfolio
    assert parse_text(SMALL, to_text(kept)).portfolio == kept
