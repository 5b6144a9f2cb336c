"""Files in a comparison: others' answers come in, and nothing that is there goes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest

from cxquiz.browser import reply
from cxquiz.formats.link import from_text
from cxquiz.formats.link import to_text as code
from cxquiz.formats.portfolio_csv import to_csv
from cxquiz.formats.portfolio_json import to_text
from cxquiz.model.types import THEIRS
from cxquiz.portfolio.portfolio import Kept, Version
from cxquiz.quiz.files import add_files
from cxquiz.quiz.session import COMPARED, MOST_OTHERS, Session, to_json
from tests.cxquiz.examples import MODEL

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers

SAME: Final = {"use": ("use",)}
OTHER: Final = {"use": ("none",)}
THIRD: Final = {"contact": ("weekly",)}
OWN: Final = Session(entries={"name": ("The lab",), **SAME}, at=COMPARED)
LAB: Final = Kept("lab", "the Lab", Version("", {**OTHER, "work": ("a secret",)}))
CITY: Final = Kept("city", "=City", Version("", THIRD))


def added(*files: str, own: Session = OWN, name: str = "ann.json") -> Session:
    """Put files into a comparison."""
    return add_files(MODEL, own, [(name, text) for text in files])


def others(session: Session) -> list[Answers]:
    """Return the answers of all others."""
    return [from_text(MODEL, text).answers for text in session.against]


def called(session: Session) -> list[str]:
    """Return what the others are called."""
    return [from_text(MODEL, text).by for text in session.against]


class TestForms:
    """Rule: what the quiz saves and what the command line compares is understood."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("ann.json", to_text((LAB,))),
            ("ann", "\ufeff" + to_text((LAB,))),
            ("ann.csv", to_csv(MODEL, (LAB,))),
            ("ann.csv", "by,use\nAnn,none\n"),
            ("ann.csv", f"link\n#{code(MODEL, OTHER)}\n"),
            ("ann.jsonl", '{"id": 1, "by": "Ann", "answers": {"use": "none"}}\n'),
            ("ann.json", json.dumps(to_json(Session(entries=OTHER)))),
            ("ann.jsonl", json.dumps({"link": code(MODEL, OTHER)})),
            ("chat.txt", f"Hello!\nhere: https://a.example/quiz/#{code(MODEL, OTHER)}"),
        ],
    )
    def test_each_holds_answers(self, name: str, text: str) -> None:
        """Whoever saved them need not know the forms."""
        session = added(text, name=name)
        assert (others(session), session.problems) == ([OTHER], ())

    def test_what_was_typed_stays_in_the_file(self) -> None:
        """The link to a comparison would pass it on."""
        assert others(added(to_text((LAB,)))) == [OTHER]

    def test_the_side_is_kept(self) -> None:
        """The other party may be among them."""
        (text,) = added('{"side": "theirs", "answers": {"use": "none"}}').against
        assert from_text(MODEL, text).side == THEIRS


class TestWhich:
    """Rule: of several relationships the one on the screen is taken, where that is clear."""

    @pytest.mark.parametrize("text", [to_text((CITY, LAB)), to_csv(MODEL, (CITY, LAB))])
    def test_it_is_the_one_of_the_same_name(self, text: str) -> None:
        """In whatever case it is written."""
        assert others(added(text, name="ann")) == [OTHER]

    def test_a_name_that_a_spreadsheet_would_reckon_is_one_too(self) -> None:
        """The table has an apostrophe before it."""
        own = Session(entries={"name": ("=City",), **SAME}, at=COMPARED)
        assert others(added(to_csv(MODEL, (CITY, LAB)), own=own, name="ann.csv")) == [THIRD]

    def test_everybody_who_answered_about_it_is_taken(self) -> None:
        """A register has many rows for one relationship."""
        text = "id,by,use\nThe lab,Ann,none\nx,Bob,pass_on\nThe lab,Cy,not_sure\nThe lab,Di,use\n"
        session = added(text, name="all.csv")
        assert others(session) == [OTHER, SAME]
        assert called(session) == ["Ann", "Di"]

    @pytest.mark.parametrize("name", [(), ("Nobody",)])
    def test_where_it_is_not_clear_the_reader_is_told(self, name: tuple[str, ...]) -> None:
        """And nobody's answers about somebody else come in."""
        own = Session(entries={**SAME, "name": name}, at=COMPARED)
        session = added(to_text((CITY, LAB)), own=own)
        assert session.against == ()
        assert session.problems == (
            MODEL.say("mine_refused", file="ann.json"),
            MODEL.say("add_files_which"),
        )

    def test_one_of_the_name_twice_is_not_clear(self) -> None:
        """It could be either."""
        twice = (LAB, Kept("lab-2", "The lab", Version("", THIRD)))
        assert MODEL.say("add_files_which") in added(to_text(twice)).problems


class TestWhose:
    """Rule: everybody counts, and goes by the name that the file has for them."""

    def test_a_saved_list_is_the_one_whose_name_the_file_has(self) -> None:
        """People send "ann.json"."""
        assert called(added(to_text((LAB,)), name="ann.json")) == ["ann"]

    def test_those_without_a_name_are_numbered(self) -> None:
        """A survey asks for none, and people who agree are people all the same."""
        session = added("use\nnone\nnone\nnone\n", name="survey.csv")
        assert called(session) == ["survey", "survey (2)", "survey (3)"]
        assert others(session) == [OTHER] * 3

    def test_who_sees_it_as_the_reader_does_is_heard(self) -> None:
        """Else nobody would seem to agree."""
        assert others(added("by,use\nAnn,use\n", name="a.csv")) == [SAME]


class TestBad:
    """Rule: a bad file is named with what is wrong, and changes nothing."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("a.json", '{"kind": 1'),
            ("a.json", "[" * 100_000),
            ("a.json", to_text(())),
            ("a.csv", "what;ever\n1;2\n"),
            ("a.csv", "use\nnonsense\n"),
            ("a.jsonl", '{"answers": {"use": "none"}}\n{"answers": {"use": "nonsense"}}\n'),
            ("a.png", "\ufffdPNG\0"),
            ("", ""),
        ],
    )
    def test_it_is_refused(self, name: str, text: str) -> None:
        """The others that were chosen with it come in."""
        good = to_text((LAB,))
        session = add_files(MODEL, OWN, [(name, text), ("good.json", good)])
        assert others(session) == [OTHER]
        assert session.problems[0] == MODEL.say("mine_refused", file=name)
        assert len(session.problems) > 1

    def test_of_a_damaged_link_the_rest_comes_in(self) -> None:
        """And the reader is told."""
        cut = code(MODEL, {**OTHER, **THIRD})[:-1]
        session = added(json.dumps({"link": cut}), name="a.jsonl")
        assert len(session.against) == 1
        assert MODEL.say("link_damaged") in session.problems

    def test_what_is_there_already_is_said_to_be(self) -> None:
        """Else the reader wonders whether it was read."""
        once = added(to_text((LAB,)))
        again = added(to_text((LAB,)), own=once)
        assert again.against == once.against
        assert again.problems == (MODEL.say("add_files_same", file="ann.json"),)

    def test_there_is_a_limit_and_it_is_said(self) -> None:
        """As for links."""
        rows = [
            json.dumps({"answers": {"use": use, "contact": contact, "money": money}})
            for use in MODEL.questions["use"].options
            for contact in MODEL.questions["contact"].options
            for money in MODEL.questions["money"].options
        ]
        session = added("\n".join(rows))
        assert len(session.against) == MOST_OTHERS
        assert session.problems == (MODEL.say("others_too_many", number=MOST_OTHERS),)


def test_files_go_where_the_reader_is() -> None:
    """On the comparison they are voices, and elsewhere relationships to keep."""

    def asked(own: Session) -> dict[str, Any]:
        request = {"type": "import", "root": "/", "files": [["ann.json", to_text((LAB,))]]}
        answer = json.loads(reply(MODEL, json.dumps({**request, "answers": to_json(own)})))
        assert isinstance(answer, dict)
        return answer

    compared, kept = asked(OWN), asked(Session())
    assert len(compared["answers"]["against"]) == 1
    assert "relationships" not in compared
    assert "the Lab" in kept["relationships"]
