"""Links: what somebody sent is shown, and nothing that the reader had is lost."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.comparison.mirror import translate
from cxquiz.formats.link import from_text, to_text
from cxquiz.html.screens import render_step
from cxquiz.model.types import MINE, THEIRS
from cxquiz.quiz.links import ASK, BOTH, add_links, link_to, open_link
from cxquiz.quiz.session import (
    COMPARED,
    INVITED,
    MOST_ASIDE,
    MOST_OTHERS,
    RESULT,
    Session,
    current_screen,
    from_json,
    to_json,
)
from cxquiz.quiz.steps import ACTION_FIELD, BY_FIELD, LINKS_FIELD, SCREEN_FIELD, Step, submit
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import answers

if TYPE_CHECKING:
    from collections.abc import Mapping

SENT: Final = {"organisation": ("same",), "use": ("use",), "direction": ("for_them",)}
OTHER: Final = {"organisation": ("same",), "use": ("use",), "direction": ("for_us",)}
OWN: Final = Session(entries={"name": ("The city library",), "use": ("none",)})
SENDER: Final = Session(entries={"name": ("The lab",), **SENT}, finished=True, last_seen=True)


def act(session: Session, action: str, **fields: str) -> Session:
    """Press a button on the screen that is shown."""
    screen = current_screen(MODEL, session)
    sent = [(SCREEN_FIELD, screen), (ACTION_FIELD, action), *fields.items()]
    return submit(MODEL, session, sent).session


def html(session: Session) -> str:
    """Return the screen that is shown."""
    step = Step(session, current_screen(MODEL, session))
    return render_step(MODEL, step, root="/", address="https://a.example/").html


def unread(entries: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return answers without what was typed."""
    return {name: it for name, it in entries.items() if MODEL.question(name).kind != "text"}


class TestResult:
    """Rule: a link to a result shows the same result in any browser."""

    @given(answers())
    def test_the_answers_are_the_senders(self, some: dict[str, tuple[str, ...]]) -> None:
        """Nothing but what was typed stays behind."""
        opened = open_link(MODEL, Session(), "#" + link_to(MODEL, Session(entries=some)))
        assert opened.answers == unread(some)

    def test_it_shows_the_result_at_once(self) -> None:
        """Nobody has to answer to see what somebody else answered."""
        opened = open_link(MODEL, Session(), link_to(MODEL, SENDER))
        assert current_screen(MODEL, opened) == RESULT

    def test_what_was_typed_travels_only_when_asked_for(self) -> None:
        """A name is nobody's business but the reader's."""
        assert "name" not in open_link(MODEL, Session(), link_to(MODEL, SENDER)).answers
        named = link_to(MODEL, replace(SENDER, names=True))
        assert open_link(MODEL, Session(), named).answers["name"] == ("The lab",)

    def test_mirrored_answers_are_read_from_the_side_of_who_gave_them(self) -> None:
        """Who was asked can show their own result as well."""
        theirs = Session(entries=OTHER, side=THEIRS)
        opened = open_link(MODEL, Session(), link_to(MODEL, theirs))
        assert opened.side == MINE
        assert opened.answers == translate(MODEL, OTHER).answers


class TestAsking:
    """Rule: the other party answers from their side, and sees the sender's answers after it."""

    @pytest.fixture
    def invited(self) -> Session:
        """Somebody who has opened the link."""
        return open_link(MODEL, Session(), link_to(MODEL, SENDER, ASK))

    def test_it_begins_with_a_greeting(self, invited: Session) -> None:
        """Who comes from a message learns what this is."""
        assert current_screen(MODEL, invited) == INVITED
        assert current_screen(MODEL, act(invited, "begin")) in MODEL.questions

    def test_the_questions_are_theirs(self, invited: Session) -> None:
        """They read "you" where the sender read "they"."""
        begun = act(invited, "begin")
        question = MODEL.questions[current_screen(MODEL, begun)]
        texts = [option.mirrored for option in question.options.values()]
        assert texts != [option.text for option in question.options.values()]
        shown = html(begun)
        assert all(escape(text) in shown for text in texts)

    def test_nothing_tells_what_the_sender_answered(self) -> None:
        """Else they would answer that."""
        one, other = (
            act(open_link(MODEL, Session(), link_to(MODEL, sender, ASK)), "begin")
            for sender in (SENDER, Session(entries=OTHER))
        )
        assert html(one) == html(other)

    def test_the_end_lays_both_sides_side_by_side(self, invited: Session) -> None:
        """That is what they answered for."""
        done = act(invited.answer(OTHER), "finish")
        assert current_screen(MODEL, done) == COMPARED

    def test_the_answer_travels_back_as_a_link(self, invited: Session) -> None:
        """The sender sees the same two sets, in any browser."""
        done = act(invited.answer(OTHER), "finish")
        back = open_link(MODEL, Session(), link_to(MODEL, done, BOTH))
        assert current_screen(MODEL, back) == COMPARED
        assert (back.side, back.answers) == (MINE, SENT)
        (other,) = (from_text(MODEL, text) for text in back.against)
        assert (other.side, other.answers) == (THEIRS, OTHER)

    def test_the_sender_keeps_what_they_typed(self, invited: Session) -> None:
        """Their own answers come back, and are not put beside their own."""
        done = act(invited.answer(OTHER), "finish")
        back = open_link(MODEL, SENDER, link_to(MODEL, done, BOTH))
        assert back.answers["name"] == ("The lab",)
        assert back.aside is None

    def test_starting_again_is_still_for_the_same_sender(self, invited: Session) -> None:
        """They were asked, and have not answered yet."""
        again = act(act(invited, "begin"), "restart")
        assert (again.side, again.against) == (THEIRS, invited.against)


class TestAside:
    """Rule: opening a link loses nothing."""

    @given(answers(), st.sampled_from(["", ASK]))
    def test_the_own_answers_come_back_as_they_were(
        self, some: dict[str, tuple[str, ...]], purpose: str
    ) -> None:
        """Half-finished or not."""
        before = Session(entries={**some, "use": ("none",)})
        opened = open_link(MODEL, before, link_to(MODEL, SENDER, purpose))
        back = act(opened, "swap")
        assert replace(back, aside=None) == before
        assert act(back, "swap") == opened

    def test_links_opened_one_after_the_other_wait_behind_each_other(self) -> None:
        """Who is asked twice answers twice."""
        asked = open_link(MODEL, OWN, link_to(MODEL, SENDER, ASK)).answer(OTHER)
        again = open_link(MODEL, asked, link_to(MODEL, SENDER))
        assert again.aside == asked
        assert from_json(MODEL, to_json(again)) == again

    def test_a_link_too_many_is_not_opened(self) -> None:
        """The answers that have waited longest, the reader's own, would be lost by it."""
        session = OWN
        for _ in range(MOST_ASIDE):
            session = Session(entries=OTHER, aside=session)
        opened = open_link(MODEL, session, link_to(MODEL, SENDER))
        assert opened == replace(session, problems=(MODEL.say("aside_full"),))
        assert from_json(MODEL, to_json(opened)) == replace(opened, problems=())

    def test_what_waits_can_be_thrown_away(self) -> None:
        """Who only looked is not reminded for ever."""
        opened = open_link(MODEL, OWN, link_to(MODEL, SENDER))
        assert act(opened, "forget").aside is None

    @pytest.mark.parametrize("link", ["#cx1", "#cx9abc", "#ask.cx1m", "#both.", "", "hello"])
    def test_a_link_that_cannot_be_read_changes_nothing(self, link: str) -> None:
        """But for the sentence that says so."""
        opened = open_link(MODEL, OWN, link)
        assert opened.problems
        assert replace(opened, problems=()) == OWN

    def test_of_a_damaged_link_the_rest_is_shown(self) -> None:
        """With a word that it is damaged."""
        link = link_to(MODEL, SENDER)[:-1]
        opened = open_link(MODEL, Session(), link)
        assert len(opened.answers) == len(SENT) - 1
        assert MODEL.say("link_damaged") in opened.problems
        assert MODEL.say("link_damaged") in html(opened)


class TestTogether:
    """Rule: any number of links about one relationship can be put together."""

    def test_a_message_with_links_is_enough(self) -> None:
        """Nobody has to cut them out of a chat."""
        links = [link_to(MODEL, Session(entries=it)) for it in (OTHER, {"use": ("none",)})]
        text = (
            f"Here: https://a.example/quiz/#{links[0]}\nand mine (https://a.example/#{links[1]})."
        )
        together = act(SENDER, "add", **{LINKS_FIELD: text})
        assert [from_text(MODEL, it).answers for it in together.against] == [
            OTHER,
            {"use": ("none",)},
        ]
        assert current_screen(MODEL, together) == COMPARED

    def test_everybody_counts_who_answered_the_same(self) -> None:
        """Of five who agree, all five are heard, and whoever agrees with the reader too."""
        link = link_to(MODEL, Session(entries=OTHER))
        own = link_to(MODEL, SENDER)
        together = add_links(MODEL, SENDER, f"{link}\n{link}\n{own}")
        assert len(add_links(MODEL, together, link).against) == 4

    @pytest.mark.parametrize("around", ["{0} {0}", "{0} <{0}>", "[{0}]({0})", '"{0}" ({0}), {0}'])
    def test_a_link_that_stands_twice_in_a_line_is_one(self, around: str) -> None:
        """Programs write what it says and where it leads."""
        link = "https://a.example/quiz/#" + link_to(MODEL, Session(entries=OTHER))
        assert len(add_links(MODEL, SENDER, around.format(link)).against) == 1

    def test_the_same_person_by_name_counts_once(self) -> None:
        """Their link was there already."""
        link = link_to(MODEL, Session(entries=OTHER, by="Ann"))
        together = add_links(MODEL, SENDER, f"{link}\n{link}")
        assert len(together.against) == 1
        assert add_links(MODEL, together, link).problems == (MODEL.say("add_links_same"),)

    def test_a_link_broken_over_lines_is_read(self) -> None:
        """Mail programs break it anywhere."""
        link = link_to(MODEL, Session(entries=OTHER))
        text = f"Hello!\nhttps://a.example/quiz/#{link[:12]}\n{link[12:]}\nSee you"
        (found,) = add_links(MODEL, SENDER, text).against
        assert from_text(MODEL, found).answers == OTHER

    @given(st.lists(answers().filter(unread), min_size=1, max_size=5))
    def test_a_whole_comparison_adds_those_who_are_new(
        self, others: list[dict[str, tuple[str, ...]]]
    ) -> None:
        """Each who was asked sends everybody's answers back, the reader's own among them."""
        texts = tuple(to_text(MODEL, some) for some in others)
        sent = replace(SENDER, against=texts[1:])
        back = link_to(MODEL, replace(sent, against=texts), BOTH)
        assert sorted(add_links(MODEL, sent, back).against) == sorted(texts)

    def test_who_sees_it_as_the_reader_does_stays(self) -> None:
        """The reader may have come round, and answers now as somebody else does."""
        together = add_links(MODEL, SENDER, link_to(MODEL, Session(entries=OTHER)))
        agreeing = together.answer(OTHER)
        assert add_links(MODEL, agreeing, "").against == together.against

    def test_the_comparison_that_comes_back_goes_to_those_who_are_here(self) -> None:
        """Whoever opens the link of one colleague has heard others before."""
        heard = add_links(MODEL, SENDER, link_to(MODEL, Session(entries=OTHER)))
        third = to_text(MODEL, {"use": ("none",)})
        back = open_link(MODEL, heard, f"both.{link_to(MODEL, SENDER)}.{third}")
        assert back.against == (*heard.against, third)
        assert (back.answers, back.aside) == (SENDER.answers, None)

    def test_who_is_among_the_others_sees_it_from_their_own_place(self) -> None:
        """It is they who is "you", not whoever sent the link."""
        colleague = Session(entries={"name": ("The lab",), **OTHER}, finished=True)
        link = link_to(MODEL, replace(SENDER, against=(link_to(MODEL, colleague),)), BOTH)
        opened = open_link(MODEL, colleague, link)
        assert opened.answers == colleague.answers
        assert [from_text(MODEL, text).answers for text in opened.against] == [SENT]

    def test_there_is_a_limit_and_it_is_said(self) -> None:
        """The page stays quick, and nobody wonders who is missing."""
        links = " ".join(
            to_text(MODEL, {"use": (use,), "contact": (contact,), "money": (money,)})
            for use in MODEL.questions["use"].options
            for contact in MODEL.questions["contact"].options
            for money in MODEL.questions["money"].options
        )
        together = add_links(MODEL, SENDER, links)
        assert len(together.against) == MOST_OTHERS
        assert MODEL.say("others_too_many", number=MOST_OTHERS) in together.problems


class TestNames:
    """Rule: a link says who answered where they, or whoever passes it on, asked for it."""

    def test_who_signs_is_known_where_the_link_is_put_in(self) -> None:
        """Else the reader would have to remember whose mail it was."""
        link = link_to(MODEL, act(SENDER, "sign", **{BY_FIELD: "Ann"}))
        (text,) = add_links(MODEL, OWN, link).against
        assert from_text(MODEL, text).by == "Ann"

    def test_who_is_asked_reads_who_asks(self) -> None:
        """Nobody likes to be asked by nobody."""
        link = link_to(MODEL, replace(SENDER, by="<Ann>"), ASK)
        assert "&lt;Ann&gt;" in html(open_link(MODEL, Session(), link))

    @pytest.mark.parametrize("names", [True, False])
    def test_the_names_of_others_travel_only_when_asked_for(self, *, names: bool) -> None:
        """They were told to the reader."""
        ann = link_to(MODEL, Session(entries=OTHER, by="Ann"))
        together = replace(add_links(MODEL, SENDER, ann), names=names, by="Bob")
        opened = open_link(MODEL, Session(), link_to(MODEL, together, BOTH))
        assert opened.by == "Bob"
        assert [from_text(MODEL, text).by for text in opened.against] == ["Ann"] * names or [""]

    def test_who_answers_anew_is_somebody_else(self) -> None:
        """A link that they send must not carry the name of whoever sent it to them."""
        opened = open_link(MODEL, Session(), link_to(MODEL, replace(SENDER, by="Ann")))
        assert (opened.by, opened.opened) == ("Ann", True)
        changed = opened.answer(OTHER)
        assert (changed.by, changed.opened) == ("", False)


PIECES: Final = st.lists(
    st.sampled_from(["#", "ask.", "both.", ".", "cx", "cx1", "cx1m", "cx2t", "-", " ", "\n"])
    | st.text(max_size=12)
    | answers().map(lambda some: to_text(MODEL, some, texts=True)),
    max_size=6,
).map("".join)
"""Links and what becomes of them: cut, joined, foreign, hostile."""


class TestAnyLink:
    """Rule: whatever stands behind "#", there is a screen and nothing is lost."""

    @given(PIECES)
    def test_there_is_a_screen(self, text: str) -> None:
        """A few of them each time; `make fuzz` tries very many."""
        for opened in (open_link(MODEL, OWN, text), add_links(MODEL, OWN, text)):
            assert "<script" not in html(opened)
            assert from_json(MODEL, to_json(opened)) == replace(opened, problems=())
            assert opened.aside == OWN or replace(opened, against=(), at="", problems=()) == OWN
