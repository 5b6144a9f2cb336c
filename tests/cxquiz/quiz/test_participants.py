"""People in a comparison: what they are called, who is alike, and who is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from cxquiz.formats.link import from_text, to_text
from cxquiz.model.text import one_line
from cxquiz.model.types import THEIRS
from cxquiz.quiz.participants import alike, leave_out, people, rename
from cxquiz.quiz.session import COMPARED, Session
from cxquiz.quiz.steps import BY_FIELD
from tests.cxquiz.examples import MODEL

SAME: Final = {"use": ("use",)}
OTHER: Final = {"use": ("none",)}
TEAM: Final = Session(
    entries={"name": ("The lab",), **SAME},
    against=(to_text(MODEL, OTHER), to_text(MODEL, SAME, by="Ann"), to_text(MODEL, OTHER)),
    at=COMPARED,
)
YOU: Final = MODEL.say("voice_you")


def named(session: Session) -> list[str]:
    """Return what everybody is called."""
    return [person.name for person in people(MODEL, session)]


def other(number: int) -> str:
    """Return what somebody is called who has no name."""
    return MODEL.say("voice_other", number=number)


class TestNames:
    """Rule: everybody has a name, and no two have the same."""

    def test_who_has_none_goes_by_a_number(self) -> None:
        """The reader is the first."""
        assert named(TEAM) == [YOU, other(2), "Ann", other(4)]

    def test_answers_that_came_with_a_link_are_not_the_readers(self) -> None:
        """Who opens a comparison is not who sent it."""
        assert named(replace(TEAM, opened=True))[0] == other(1)
        assert named(replace(TEAM, opened=True, by="Bob"))[0] == "Bob"

    def test_the_reader_is_you_under_whatever_name_their_links_go(self) -> None:
        """Nobody reads about themselves by name."""
        assert named(replace(TEAM, by="Bob"))[0] == YOU

    @given(st.lists(st.sampled_from(["Ann", "Ann (2)", "Bob", YOU, other(2), ""]), max_size=6))
    def test_two_of_one_name_are_told_apart(self, names: list[str]) -> None:
        """Else nobody could say whose answer it is."""
        texts = tuple(to_text(MODEL, OTHER, by=name) for name in names)
        found = named(replace(TEAM, against=texts))
        assert len({*found}) == len(found) == len(names) + 1


class TestAlike:
    """Rule: it is told who gave exactly the same answers, for it may be one person twice."""

    def test_they_are_grouped(self) -> None:
        """Under whatever names, and whatever they typed."""
        assert alike(MODEL, people(MODEL, TEAM)) == ((YOU, "Ann"), (other(2), other(4)))

    def test_two_sides_are_never_alike(self) -> None:
        """They answered different questions."""
        sides = replace(TEAM, against=(to_text(MODEL, SAME, side=THEIRS),))
        assert alike(MODEL, people(MODEL, sides)) == ()


class TestRenaming:
    """Rule: a name is taken as it was typed, and nothing else changes."""

    @given(st.text())
    def test_the_name_is_kept_on_one_line(self, name: str) -> None:
        """And no longer than any other text."""
        renamed = rename(MODEL, TEAM, {f"{BY_FIELD}:0": (name,)})
        one, *rest = renamed.against
        assert from_text(MODEL, one).by == one_line(one_line(name)[:200])
        assert from_text(MODEL, one).answers == OTHER
        assert tuple(rest) == TEAM.against[1:]

    def test_an_empty_field_takes_the_name_away(self) -> None:
        """It was a slip."""
        assert rename(MODEL, TEAM, {f"{BY_FIELD}:1": ("",)}).against[1] == to_text(MODEL, SAME)

    def test_the_own_name_is_the_readers(self) -> None:
        """It goes into their links."""
        assert rename(MODEL, TEAM, {BY_FIELD: (" Bob ",)}).by == "Bob"

    def test_what_is_no_field_of_anybody_changes_nothing(self) -> None:
        """A form may come from an older page."""
        sent = {f"{BY_FIELD}:9": ("x",), f"{BY_FIELD}:": ("x",), "cx-other": ("x",)}
        assert rename(MODEL, TEAM, sent) == TEAM


def test_one_of_them_is_left_out() -> None:
    """The others keep their order."""
    assert leave_out(TEAM, "1").against == (TEAM.against[0], TEAM.against[2])
    assert leave_out(TEAM, "x") == TEAM
