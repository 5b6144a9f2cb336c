"""The estimate: points, the cap on what says the same, and shares."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz import estimate
from cxquiz.loading import build_model
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import answers, scored_answers, totals


class TestPoints:
    """Rule: each answer adds its weights, and nothing else does."""

    def test_no_answer_gives_no_points(self) -> None:
        """Every relationship starts from the same place."""
        assert estimate.points(SMALL, {}) == (0, 0, 0)

    def test_answers_add_up(self) -> None:
        """Two facts weigh more than one."""
        assert estimate.points(SMALL, {"where": ("here",), "rest": ("no",)}) == (3, 0, -2)

    def test_several_options_of_one_question_add_up(self) -> None:
        """Who uses something and passes it on does both."""
        assert estimate.points(SMALL, {"what": ("take", "give")}) == (2, 2, 1)

    def test_unscored_answers_add_nothing(self) -> None:
        """A name or a title is no evidence."""
        own = {"where": ("here",), "name": ("Ada",), "called": ("far",)}
        assert estimate.points(SMALL, own) == estimate.points(SMALL, {"where": ("here",)})

    def test_an_empty_answer_adds_nothing(self) -> None:
        """A question that was skipped stands in a session with no options."""
        assert estimate.points(SMALL, {"where": ()}) == (0, 0, 0)

    @given(answers(), st.data())
    def test_the_order_of_answers_does_not_matter(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """Two readers who know the same get the same."""
        items = data.draw(st.permutations(list(some.items())))
        assert estimate.points(MODEL, dict(items)) == estimate.points(MODEL, some)


class TestCap:
    """Rule: answers that say much the same thing together move no one further than the cap."""

    def test_a_family_stops_at_the_cap(self) -> None:
        """Calling it "together" four times over must not decide everything."""
        assert estimate.points(SMALL, {"how": ("for",), "mood": ("warm",)}) == (4, 0, 0)

    def test_below_the_cap_nothing_is_cut(self) -> None:
        """One such answer counts in full."""
        assert estimate.points(SMALL, {"how": ("for",)}) == (3, 0, 0)

    def test_the_cap_holds_downwards_too(self) -> None:
        """Evidence against is correlated just as evidence for is."""
        raw = small_raw()
        raw["question"][2]["option"][0]["weights"] = {"near": -3}
        assert estimate.points(build_model(raw), {"how": ("for",), "mood": ("cold",)}) == (-4, 0, 0)

    def test_the_cap_is_on_the_sum_not_on_each_answer(self) -> None:
        """Answers of one family that contradict each other cancel out before the cap."""
        assert estimate.points(SMALL, {"how": ("for",), "mood": ("cold",)}) == (0, 0, 0)

    def test_other_families_are_not_cut(self) -> None:
        """Facts from different sides each count in full."""
        own = {"where": ("here",), "what": ("take",), "how": ("for",), "mood": ("warm",)}
        assert estimate.points(SMALL, own) == (9, 0, 0)

    def test_a_model_may_do_without_a_cap(self) -> None:
        """Somebody may want a plain sum."""
        raw = small_raw()
        raw["estimation"]["caps"] = {}
        own = {"how": ("for",), "mood": ("warm",)}
        assert estimate.points(build_model(raw), own) == (6, 0, 0)

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
        pairs = zip(estimate.points(MODEL, some), estimate.points(MODEL, without), strict=True)
        assert all(abs(with_family - before) <= cap for with_family, before in pairs)


class TestShares:
    """Rule: shares are exact whole numbers that say the same as 2 ** (k * points)."""

    def test_equals_share_equally(self) -> None:
        """With no answer nothing is likelier than anything else."""
        assert estimate.shares(SMALL, (0, 0, 0)) == (333, 333, 333)

    def test_one_over_k_points_double_the_share(self) -> None:
        """With k = 1/2, two points make it twice as likely."""
        assert estimate.shares(SMALL, (2, 0, 0)) == (500, 250, 250)

    def test_only_differences_count(self) -> None:
        """Points for everybody tell nothing apart."""
        assert estimate.shares(SMALL, (5, 3, 0)) == estimate.shares(SMALL, (105, 103, 100))

    def test_a_hopeless_relationship_has_no_share(self) -> None:
        """However far behind, the figures stay exact and small."""
        assert estimate.shares(SMALL, (0, -10_000, -10_000)) == (1000, 0, 0)

    @given(totals())
    def test_they_never_come_to_more_than_the_whole(self, points: tuple[int, ...]) -> None:
        """A bar chart of them fits its box."""
        shares = estimate.shares(MODEL, points)
        assert all(type(share) is int and share >= 0 for share in shares)
        assert estimate.WHOLE - len(shares) < sum(shares) <= estimate.WHOLE

    @given(totals())
    def test_they_order_like_the_points(self, points: tuple[int, ...]) -> None:
        """Nobody with fewer points has a larger share."""
        pairs = sorted(zip(points, estimate.shares(MODEL, points), strict=True))
        shares = [share for _, share in pairs]
        assert shares == sorted(shares)
        assert len(set(pairs)) == len(set(points))

    @given(totals())
    def test_they_agree_with_floating_point(self, points: tuple[int, ...]) -> None:
        """The whole-number arithmetic is right, and is only there to be the same everywhere."""
        k = MODEL.estimation.k_numerator / MODEL.estimation.k_denominator
        powers = [2.0 ** (k * (point - max(points))) for point in points]
        for share, power in zip(estimate.shares(MODEL, points), powers, strict=True):
            assert share == pytest.approx(estimate.WHOLE * power / sum(powers), abs=1.001)

    @given(
        st.integers(min_value=1, max_value=2**300),
        st.integers(min_value=1, max_value=7),
    )
    def test_roots_are_exact(self, number: int, degree: int) -> None:
        """They are what makes the figures the same on every machine."""
        root = estimate._root(number, degree)
        assert root**degree <= number < (root + 1) ** degree


class TestMargins:
    """Rule: a margin is how far an answer speaks for one relationship against another."""

    def test_each_answer_has_its_margin_in_the_models_order(self) -> None:
        """Readers see which answer carried how much."""
        own = {"what": ("take", "give"), "where": ("here",), "name": ("Ada",), "rest": ()}
        assert estimate.margins(SMALL, own, 0, 2) == [
            ("where", ("here",), 3),
            ("what", ("take", "give"), 1),
        ]

    def test_turned_round_it_changes_sign(self) -> None:
        """What speaks for the one speaks against the other."""
        own = {"where": ("here",)}
        assert estimate.margins(SMALL, own, 1, 0) == [("where", ("here",), -3)]
