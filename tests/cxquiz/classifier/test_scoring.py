"""The estimate: points, the cap on what says the same, and shares."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.authoring.loader import build_model
from cxquiz.classifier import scoring
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import answers, scored_answers, totals

if TYPE_CHECKING:
    from collections.abc import Sequence


class TestPoints:
    """Rule: each answer adds its weights, and nothing else does."""

    def test_no_answer_gives_no_points(self) -> None:
        """Every relationship starts from the same place."""
        assert scoring.points(SMALL, {}) == (0, 0, 0)

    def test_answers_add_up(self) -> None:
        """Two facts weigh more than one."""
        assert scoring.points(SMALL, {"where": ("here",), "rest": ("no",)}) == (3, 0, -2)

    def test_several_options_of_one_question_add_up(self) -> None:
        """Who uses something and passes it on does both."""
        assert scoring.points(SMALL, {"what": ("take", "give")}) == (2, 2, 1)

    def test_unscored_answers_add_nothing(self) -> None:
        """A name or a title is no evidence."""
        own = {"where": ("here",), "name": ("Ada",), "called": ("far",)}
        assert scoring.points(SMALL, own) == scoring.points(SMALL, {"where": ("here",)})

    def test_an_empty_answer_adds_nothing(self) -> None:
        """A question that was skipped stands in a session with no options."""
        assert scoring.points(SMALL, {"where": ()}) == (0, 0, 0)

    @given(scored_answers(), scored_answers())
    def test_what_no_cap_touches_adds_up(
        self, some: dict[str, tuple[str, ...]], others: dict[str, tuple[str, ...]]
    ) -> None:
        """The points of two sets of answers are the points of both together."""
        free = {
            name
            for name, question in MODEL.questions.items()
            if question.family not in MODEL.estimation.caps
        }
        one = {name: chosen for name, chosen in some.items() if name in free}
        two = {name: chosen for name, chosen in others.items() if name in free - one.keys()}
        apart = (scoring.points(MODEL, one), scoring.points(MODEL, two))
        assert scoring.points(MODEL, {**one, **two}) == tuple(map(sum, zip(*apart, strict=True)))

    @given(answers(), st.data())
    def test_the_order_of_answers_does_not_matter(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """Two readers who know the same get the same."""
        items = data.draw(st.permutations(list(some.items())))
        assert scoring.points(MODEL, dict(items)) == scoring.points(MODEL, some)


class TestCap:
    """Rule: answers that say much the same thing together move no one further than the cap."""

    def test_a_family_stops_at_the_cap(self) -> None:
        """Calling it "together" four times over must not decide everything."""
        assert scoring.points(SMALL, {"how": ("for",), "mood": ("warm",)}) == (4, 0, 0)

    def test_below_the_cap_nothing_is_cut(self) -> None:
        """One such answer counts in full."""
        assert scoring.points(SMALL, {"how": ("for",)}) == (3, 0, 0)

    def test_the_cap_holds_downwards_too(self) -> None:
        """Evidence against is correlated just as evidence for is."""
        raw = small_raw()
        raw["question"][2]["option"][0]["weights"] = {"near": -3}
        assert scoring.points(build_model(raw), {"how": ("for",), "mood": ("cold",)}) == (-4, 0, 0)

    def test_the_cap_is_on_the_sum_not_on_each_answer(self) -> None:
        """Answers of one family that contradict each other cancel out before the cap."""
        assert scoring.points(SMALL, {"how": ("for",), "mood": ("cold",)}) == (0, 0, 0)

    def test_other_families_are_not_cut(self) -> None:
        """Facts from different sides each count in full."""
        own = {"where": ("here",), "what": ("take",), "how": ("for",), "mood": ("warm",)}
        assert scoring.points(SMALL, own) == (9, 0, 0)

    def test_a_model_may_do_without_a_cap(self) -> None:
        """Somebody may want a plain sum."""
        raw = small_raw()
        raw["estimation"]["caps"] = {}
        own = {"how": ("for",), "mood": ("warm",)}
        assert scoring.points(build_model(raw), own) == (6, 0, 0)

    @pytest.mark.parametrize("family", MODEL.estimation.caps)
    @given(some=scored_answers())
    def test_no_capped_family_moves_a_relationship_further(
        self, family: str, some: dict[str, tuple[str, ...]]
    ) -> None:
        """The promise holds for the packaged model, whatever was answered."""
        without = {
            question: options
            for question, options in some.items()
            if MODEL.questions[question].family != family
        }
        cap = MODEL.estimation.caps[family]
        pairs = zip(scoring.points(MODEL, some), scoring.points(MODEL, without), strict=True)
        assert all(abs(with_family - before) <= cap for with_family, before in pairs)


class TestShares:
    """Rule: shares are exact whole numbers that say the same as 2 ** (k * points)."""

    def test_equals_share_equally(self) -> None:
        """With no answer nothing is likelier than anything else."""
        assert scoring.shares(SMALL, (0, 0, 0)) == (333, 333, 333)

    def test_one_over_k_points_double_the_share(self) -> None:
        """With k = 1/2, two points make it twice as likely."""
        assert scoring.shares(SMALL, (2, 0, 0)) == (500, 250, 250)

    def test_only_differences_count(self) -> None:
        """Points for everybody tell nothing apart."""
        assert scoring.shares(SMALL, (5, 3, 0)) == scoring.shares(SMALL, (105, 103, 100))

    def test_a_hopeless_relationship_has_no_share(self) -> None:
        """However far behind, the figures stay exact and small."""
        assert scoring.shares(SMALL, (0, -10_000, -10_000)) == (1000, 0, 0)

    @given(totals())
    def test_they_never_come_to_more_than_the_whole(self, points: tuple[int, ...]) -> None:
        """A bar chart of them fits its box."""
        shares = scoring.shares(MODEL, points)
        assert all(type(share) is int and share >= 0 for share in shares)
        assert scoring.WHOLE - len(shares) < sum(shares) <= scoring.WHOLE

    @given(totals())
    def test_they_order_like_the_points(self, points: tuple[int, ...]) -> None:
        """Nobody with fewer points has a larger share."""
        pairs = sorted(zip(points, scoring.shares(MODEL, points), strict=True))
        shares = [share for _, share in pairs]
        assert shares == sorted(shares)
        assert len(set(pairs)) == len(set(points))

    @given(totals(), st.data())
    def test_a_point_more_never_lessens_a_share(
        self, points: tuple[int, ...], data: st.DataObject
    ) -> None:
        """Nor does it raise anybody else's."""
        place = data.draw(st.integers(min_value=0, max_value=len(points) - 1))
        more = (*points[:place], points[place] + 1, *points[place + 1 :])
        for index, (before, after) in enumerate(
            zip(scoring.shares(MODEL, points), scoring.shares(MODEL, more), strict=True)
        ):
            assert before <= after if index == place else after <= before

    @given(totals())
    def test_they_agree_with_floating_point(self, points: tuple[int, ...]) -> None:
        """The whole-number arithmetic is right, and is only there to be the same everywhere."""
        numerator, denominator = MODEL.estimation.k
        powers = [2.0 ** (numerator * (point - max(points)) / denominator) for point in points]
        for share, power in zip(scoring.shares(MODEL, points), powers, strict=True):
            assert share == pytest.approx(scoring.WHOLE * power / sum(powers), abs=1.001)

    @given(
        st.integers(min_value=1, max_value=2**300),
        st.integers(min_value=1, max_value=7),
    )
    def test_roots_are_exact(self, number: int, degree: int) -> None:
        """They are what makes the figures the same on every machine."""
        root = scoring._root(number, degree)
        assert root**degree <= number < (root + 1) ** degree


class TestPower:
    """Rule: a power is rounded down to a whole number, exactly."""

    def test_nothing_below_is_the_whole_scale(self) -> None:
        """The best relationship is the measure of the others."""
        assert scoring.power(3, 5, 0) == 2**32

    def test_the_last_one_above_nought(self) -> None:
        """Below it a relationship has no share at all."""
        assert [scoring.power(1, 1, below) for below in (31, 32, 33)] == [2, 1, 0]

    @given(
        numerator=st.integers(min_value=1, max_value=9),
        denominator=st.integers(min_value=1, max_value=9),
        below=st.integers(min_value=0, max_value=400),
    )
    def test_it_is_the_largest_that_does_not_exceed(
        self, numerator: int, denominator: int, below: int
    ) -> None:
        """Floating point may differ in the last digit between machines; this cannot."""
        power = scoring.power(numerator, denominator, below)
        exact = Fraction(2) ** (32 * denominator - numerator * below)
        assert power**denominator <= exact < (power + 1) ** denominator


INDEXES: Final = st.integers(min_value=0, max_value=len(MODEL.relationships) - 1)


class TestContributions:
    """Rule: the contributions of all answers come to the lead, each its fair part of it."""

    def test_each_answer_has_one_in_the_models_order(self) -> None:
        """Readers see which answer carried how much."""
        own = {"what": ("take", "give"), "where": ("here",), "name": ("Ada",), "rest": ()}
        found = scoring.contributions(SMALL, own, 0, 2)
        assert list(found.items()) == [("where", 300), ("what", 100)]

    def test_turned_round_it_changes_sign(self) -> None:
        """What speaks for the one speaks against the other."""
        assert scoring.contributions(SMALL, {"where": ("here",)}, 1, 0) == {"where": -300}

    def test_equal_answers_under_a_cap_share_it_equally(self) -> None:
        """Which of the two was given first says nothing about them."""
        own = {"mood": ("warm",), "how": ("for",)}
        assert scoring.contributions(SMALL, own, 0, 1) == {"how": 200, "mood": 200}

    def test_the_stronger_answer_under_a_cap_has_the_larger_part(self) -> None:
        """Each gets what it adds on average: first 3 or, after the other, 2; and 2 or 1."""
        raw = small_raw()
        raw["question"][3]["option"][0]["weights"] = {"near": 2}
        own = {"how": ("for",), "mood": ("warm",)}
        assert scoring.contributions(build_model(raw), own, 0, 1) == {"how": 250, "mood": 150}

    def test_answers_under_a_cap_that_cancel_out_still_count(self) -> None:
        """One speaks for it and one against, as both do in the points."""
        own = {"how": ("for",), "mood": ("cold",)}
        assert scoring.contributions(SMALL, own, 0, 1) == {"how": 300, "mood": -300}

    def test_families_do_not_mix(self) -> None:
        """A cap on one kind of fact takes nothing from another kind."""
        own = {"how": ("for",), "where": ("here",), "mood": ("warm",), "what": ("take",)}
        found = scoring.contributions(SMALL, own, 0, 1)
        assert list(found.items()) == [
            ("where", 300),
            ("what", 200),
            ("how", 200),
            ("mood", 200),
        ]

    @given(scored_answers(), INDEXES, INDEXES)
    def test_they_come_to_the_lead(
        self, some: dict[str, tuple[str, ...]], first: int, other: int
    ) -> None:
        """But for less than a hundredth of a point an answer, which rounding takes."""
        totals = scoring.points(MODEL, some)
        found = scoring.contributions(MODEL, some, first, other)
        lead = scoring.PARTS * (totals[first] - totals[other])
        assert abs(sum(found.values()) - lead) < max(1, len(some))

    @given(scored_answers())
    def test_unscored_answers_have_none(self, some: dict[str, tuple[str, ...]]) -> None:
        """A name or a title is no evidence."""
        own = {**some, "name": ("Ada",), "called": (next(iter(MODEL.context["called"].options)),)}
        found = scoring.contributions(MODEL, own, 0, 1)
        assert found == scoring.contributions(MODEL, some, 0, 1)
        assert list(found) == [question for question in MODEL.questions if question in some]

    @given(scored_answers(), st.data())
    def test_the_order_of_answers_does_not_matter(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """The same reasons for everybody who knows the same."""
        other = dict(data.draw(st.permutations(list(some.items()))))
        found = scoring.contributions(MODEL, other, 0, 1)
        assert list(found.items()) == list(scoring.contributions(MODEL, some, 0, 1).items())


ROWS: Final = st.lists(
    st.tuples(st.integers(min_value=-6, max_value=6), st.integers(min_value=-6, max_value=6)),
    min_size=1,
    max_size=5,
)
"""What some answers of a family give the first and the other relationship."""
CAPS: Final = st.integers(min_value=0, max_value=8)


def fair_part(rows: Sequence[tuple[int, int]], cap: int, place: int) -> Fraction:
    """Return what an answer adds to the capped lead on average over all orders, exactly."""

    def lead(places: Sequence[int]) -> int:
        first, other = (sum(rows[at][column] for at in places) for column in (0, 1))
        return max(-cap, min(cap, first)) - max(-cap, min(cap, other))

    orders = [order[: order.index(place)] for order in permutations(range(len(rows)))]
    return Fraction(sum(lead([*order, place]) - lead(order) for order in orders), len(orders))


class TestShapley:
    """Rule: under a cap each answer gets what it adds on average over all orders."""

    @given(ROWS, CAPS)
    def test_it_is_the_average_over_all_orders(self, rows: list[tuple[int, int]], cap: int) -> None:
        """In hundredths, rounded towards nothing."""
        exact = [fair_part(rows, cap, place) for place in range(len(rows))]
        assert list(scoring._shapley(rows, cap)) == [int(scoring.PARTS * part) for part in exact]

    @given(ROWS, CAPS, st.data())
    def test_equal_answers_get_equal_parts(
        self, rows: list[tuple[int, int]], cap: int, data: st.DataObject
    ) -> None:
        """Whatever else was answered."""
        twin = data.draw(st.sampled_from(rows))
        first, *_, last = scoring._shapley([twin, *rows, twin], cap)
        assert first == last

    @given(ROWS, CAPS)
    def test_an_answer_that_says_nothing_gets_nothing(
        self, rows: list[tuple[int, int]], cap: int
    ) -> None:
        """It would not be missed."""
        assert list(scoring._shapley([*rows, (0, 0)], cap))[-1] == 0

    def test_rounding_takes_as_much_from_what_speaks_against(self) -> None:
        """A third is 33 hundredths, for and against."""
        assert list(scoring._shapley([(1, 0)] * 3, 1)) == [33, 33, 33]
        assert list(scoring._shapley([(-1, 0)] * 3, 1)) == [-33, -33, -33]
