"""The packaged model from the other side: its words, and what its answers become."""

from __future__ import annotations

import re
import tomllib
from typing import Final

import pytest
from hypothesis import given

from cxquiz.authoring.wording import PACKAGED_MODEL
from cxquiz.comparison.comparison import AGREED, Voice, compare, compare_sides
from cxquiz.comparison.mirror import mirrored, translate
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import ALL_QUESTIONS, answers

Answers = dict[str, tuple[str, ...]]

RAW: Final = tomllib.loads(PACKAGED_MODEL.read_text("utf-8"))
QUESTIONS: Final = {row["id"]: row for row in (*RAW["question"], *RAW["context"])}

PERSONS: Final = re.compile(
    r"\b(I|me|my|we|us|our|ours|ourselves|you|your|yours|they|them|their|theirs|themselves)\b",
    re.IGNORECASE,
)
"""Words that mean somebody else when somebody else says them."""


def texts() -> list[tuple[str, dict[str, str], str, str]]:
    """Return all texts of questions: where, the table, its key and the key of the mirrored one."""
    found = []
    for name, row in QUESTIONS.items():
        for key, other in (
            ("text", "mirrored"),
            ("short", "mirrored_short"),
            ("why", "mirrored_why"),
            ("hint", "mirrored_hint"),
        ):
            if key in row:
                found.append((f"{name}.{key}", row, key, other))
        found += [
            (f"{name}.{option['id']}", option, "text", "mirrored")
            for option in row.get("option", ())
        ]
    return found


class TestWords:
    """Rule: the other party reads every question in words that fit their side."""

    @pytest.mark.parametrize(
        ("row", "key", "other"), [pytest.param(*rest, id=where) for where, *rest in texts()]
    )
    def test_none_is_missing_where_the_wording_names_persons(
        self, row: dict[str, str], key: str, other: str
    ) -> None:
        """A question about "them" would be answered about the wrong party."""
        assert other in row or not PERSONS.search(row[key])

    @pytest.mark.parametrize("question", ALL_QUESTIONS)
    def test_no_two_options_read_alike(self, question: str) -> None:
        """Nobody could choose between them."""
        options = mirrored(MODEL).question(question).options.values()
        assert len({option.text for option in options}) == len(options)

    @pytest.mark.parametrize("field", ["text", "short"])
    def test_no_two_questions_read_alike(self, field: str) -> None:
        """The other party must know which one it is."""
        model = mirrored(MODEL)
        found = [
            getattr(question, field)
            for question in (*model.questions.values(), *model.context.values())
        ]
        assert len(set(found)) == len(found)


class TestTranslation:
    """Rule: an answer becomes what the other party would say of the same fact, or is named."""

    @pytest.mark.parametrize(
        ("own", "other"),
        [
            ({"direction": ("for_them",)}, {"direction": ("for_us",)}),
            ({"direction": ("together",)}, {"direction": ("together",)}),
            ({"without_you": ("stuck",)}, {"without_them": ("stuck",)}),
            ({"decisions": ("they",)}, {"decisions": ("we",)}),
            ({"money": ("pay", "share")}, {"money": ("we_pay", "share")}),
            ({"organisation": ("same",)}, {"organisation": ("same",)}),
            ({"called": ("partner",)}, {"calls_you": ("partner",)}),
            ({"work": ("payroll",)}, {"work": ("payroll",)}),
        ],
    )
    def test_what_becomes_something(self, own: Answers, other: Answers) -> None:
        """Both ways, since neither side comes first."""
        assert translate(MODEL, own).answers == other
        assert translate(MODEL, other).answers == own
        assert not translate(MODEL, own).lost

    @pytest.mark.parametrize(
        ("question", "option"),
        [
            ("use", "use"),
            ("money", "trade"),
            ("buying", "sign"),
            ("choice", "free"),
            ("reporting", "mine"),
            ("oversight", "judge"),
            ("name", "Ada"),
        ],
    )
    def test_what_becomes_nothing_is_named_and_explained(self, question: str, option: str) -> None:
        """A guess would put words into somebody's mouth."""
        translation = translate(MODEL, {question: (option,)})
        assert translation.answers == {}
        assert translation.lost == (question,)
        assert MODEL.question(question).becomes_note

    def test_of_several_options_those_that_become_something_are_kept(self) -> None:
        """They are true all the same; that one is missing is told."""
        translation = translate(MODEL, {"money": ("pay", "trade")})
        assert translation.answers == {"money": ("we_pay",)}
        assert translation.lost == ("money",)

    @given(answers())
    def test_it_is_its_own_inverse(self, some: Answers) -> None:
        """What goes over and comes back is what it was."""
        once = translate(MODEL, some)
        back = translate(MODEL, once.answers)
        assert not back.lost
        assert {name: value for name, value in back.answers.items() if name not in once.lost} == {
            name: value for name, value in some.items() if name not in once.lost
        }


class TestBothSides:
    """Rule: each side has a reading of its own, and the two are told apart and put together."""

    SERVING: Answers = {  # noqa: RUF012 - never changed
        "organisation": ("same",),
        "without_you": ("stuck",),
        "money": ("recharge",),
        "direction": ("for_them",),
        "failure": ("separate",),
        "goal": ("different",),
        "decisions": ("they",),
    }

    def test_the_customer_of_one_has_a_supplier(self) -> None:
        """Both know what they are to each other."""
        mine = Voice("a", {**self.SERVING, "use": ("use",)})
        sides = compare_sides(MODEL, mine, Voice("b", dict(mine.answers)), mirrored=True)
        assert sides.mine.primary == "internal_customer"
        assert sides.theirs.primary == "supplier"
        assert sides.mirrors is True
        assert sides.lost == ("use",)
        assert all(item.state == AGREED for item in compare(MODEL, sides.voices).questions)

    def test_one_who_sees_a_partner_and_one_who_sees_a_supplier_do_not_mirror(self) -> None:
        """That is the talk to hold."""
        with_them: Answers = {
            **self.SERVING,
            "direction": ("together",),
            "failure": ("both",),
            "goal": ("same",),
            "decisions": ("together",),
            "contact": ("daily",),
            "without_them": ("stuck",),
            "money": ("share",),
        }
        sides = compare_sides(MODEL, Voice("a", with_them), Voice("b", self.SERVING), mirrored=True)
        assert sides.mine.primary == "partner"
        assert sides.mirrors is False
