"""Expecting: what an open answer is likely to say, before it is given."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.classifier import expectation, scoring
from cxquiz.classifier.expectation import (
    CERTAIN,
    Outlook,
    expected,
    information,
    option_chances,
    outlook,
)
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import answers, totals

if TYPE_CHECKING:
    from cxquiz.model.types import Question

BIT: Final = 1 << expectation._LOG_BITS
"""A bit, on the scale of the logarithms."""

ROUNDING: Final = 2e-4
"""How many bits rounding may take from a logarithm, or add to it: twice what one may be off."""

SCORED: Final = st.sampled_from(list(MODEL.questions.values()))
RATIOS: Final = st.tuples(
    st.integers(min_value=1, max_value=5), st.integers(min_value=1, max_value=5)
)


def tables(*, least: int = 1) -> st.SearchStrategy[list[list[int]]]:
    """Return weights for some options and relationships: a row for each option."""
    point = st.integers(min_value=-8, max_value=8)
    return st.integers(min_value=1, max_value=4).flatmap(
        lambda width: st.lists(
            st.lists(point, min_size=width, max_size=width), min_size=least, max_size=5
        )
    )


def commons(table: list[list[int]]) -> st.SearchStrategy[list[int]]:
    """Return for each option how common it is."""
    often = st.integers(min_value=1, max_value=1000)
    return st.lists(often, min_size=len(table), max_size=len(table))


def question(*rows: tuple[int, ...]) -> Question:
    """Return a question with these chances."""
    return replace(SMALL.questions["where"], chances=rows)


class TestOptionChances:
    """Rule: an answer is as likely as it is common, and likelier where it speaks for somebody."""

    def test_without_weights_only_what_is_common_counts(self) -> None:
        """Three in four readers say so, whoever it is about."""
        assert option_chances((1, 1), (3, 1), ((0, 0), (0, 0))) == ((3072, 3072), (1024, 1024))

    def test_a_point_makes_it_two_to_the_k_times_as_likely(self) -> None:
        """The same k as for the shares: the estimate turned round."""
        assert option_chances((2, 1), (1, 1), ((1,), (0,))) == ((3277,), (819,))

    @pytest.mark.parametrize("first", [0, 1])
    def test_what_rounding_leaves_over_goes_to_the_likeliest(self, first: int) -> None:
        """There it changes least."""
        rows = option_chances((1, 1), (1, 1), ((1 - first,), (first,)))
        assert [rows[first], rows[1 - first]] == [(2731,), (1365,)]

    @given(tables(), RATIOS, st.data())
    def test_they_come_to_certainty(
        self, table: list[list[int]], k: tuple[int, int], data: st.DataObject
    ) -> None:
        """Every reader gives some answer."""
        rows = option_chances(k, data.draw(commons(table)), table)
        assert len(rows) == len(table)
        assert all(chance >= 0 for row in rows for chance in row)
        assert {sum(column) for column in zip(*rows, strict=True)} == {CERTAIN}

    @given(tables(), RATIOS, st.data())
    def test_they_are_those_of_floating_point(
        self, table: list[list[int]], k: tuple[int, int], data: st.DataObject
    ) -> None:
        """Within what rounding takes from each option."""
        common = data.draw(commons(table))
        rows = option_chances(k, common, table)
        for column, points in zip(zip(*rows, strict=True), zip(*table, strict=True), strict=True):
            parts = [
                often * 2 ** (k[0] * point / k[1])
                for often, point in zip(common, points, strict=True)
            ]
            for chance, part in zip(column, parts, strict=True):
                assert chance == pytest.approx(CERTAIN * part / sum(parts), abs=len(table))

    @given(tables(least=2), RATIOS)
    def test_of_equally_common_ones_more_points_are_likelier(
        self, table: list[list[int]], k: tuple[int, int]
    ) -> None:
        """Somebody in a relationship gives the answers that speak for it more often."""
        rows = option_chances(k, [10] * len(table), table)
        for points, chances in zip(zip(*table, strict=True), zip(*rows, strict=True), strict=True):
            order = sorted(range(len(points)), key=points.__getitem__)
            ordered = [chances[place] for place in order if points[place] != max(points)]
            assert ordered == sorted(ordered)
            best = [chances[place] for place in order if points[place] == max(points)]
            assert min(best) >= max(ordered, default=0)

    def test_a_question_of_the_model_knows_its_chances(self) -> None:
        """They are reckoned once, when the model is loaded."""
        for asked in MODEL.questions.values():
            assert len(asked.chances) == len(asked.options)
            assert all(len(row) == len(MODEL.relationships) for row in asked.chances)
            assert {sum(column) for column in zip(*asked.chances, strict=True)} == {CERTAIN}
        here, there = SMALL.questions["where"].chances
        assert here[0] > here[2] > here[1]
        assert there[0] < there[2] < there[1]


class TestInformation:
    """Rule: a question tells as much as it can be expected to lessen what is unsure."""

    def test_one_that_settles_an_even_matter_tells_one_bit(self) -> None:
        """That is what a bit is."""
        both = question((CERTAIN, 0), (0, CERTAIN))
        assert information(both, (500, 500)) == 1000 * CERTAIN * BIT

    def test_one_that_all_answer_alike_tells_nothing(self) -> None:
        """Whatever was believed before."""
        assert information(question((1024, 1024), (3072, 3072)), (512, 512)) == 0

    def test_where_one_is_certain_nothing_is_left_to_tell(self) -> None:
        """Only what is unsure can become surer."""
        assert information(question((3072, 1024), (1024, 3072)), (1024, 0)) == 0

    def test_one_that_all_but_one_answer_alike_tells_little(self) -> None:
        """Worked out by hand: half a bit less what the known answers leave open."""
        half = question((2048, 0), (2048, 4096))
        exact = 0.75 * math.log2(4 / 3) + 0.25 * 2 - 0.5
        assert information(half, (500, 500)) / (1000 * CERTAIN * BIT) == pytest.approx(
            exact, abs=ROUNDING
        )

    @given(SCORED, totals())
    def test_it_is_mutual_information(self, asked: Question, points: tuple[int, ...]) -> None:
        """As floating point has it, for the shares that any points give."""
        beliefs = scoring.shares(MODEL, points)
        scale = sum(beliefs) * CERTAIN
        exact = 0.0
        for row in asked.chances:
            likely = sum(map(int.__mul__, beliefs, row)) / scale
            exact += sum(
                belief * chance / scale * math.log2(chance / CERTAIN / likely)
                for belief, chance in zip(beliefs, row, strict=True)
                if belief and chance
            )
        assert information(asked, beliefs) / (scale * BIT) == pytest.approx(exact, abs=ROUNDING)

    @given(SCORED, totals())
    def test_no_question_tells_less_than_nothing(
        self, asked: Question, points: tuple[int, ...]
    ) -> None:
        """But for what rounding takes."""
        beliefs = scoring.shares(MODEL, points)
        assert information(asked, beliefs) >= -ROUNDING * sum(beliefs) * CERTAIN * BIT

    @given(st.lists(st.integers(min_value=1, max_value=CERTAIN), min_size=1, max_size=5), totals())
    def test_an_answer_that_all_would_give_alike_tells_nothing(
        self, parts: list[int], points: tuple[int, ...]
    ) -> None:
        """As above, and but for what rounding takes or adds."""
        beliefs = scoring.shares(MODEL, points)
        chances = [part * CERTAIN // sum(parts) for part in parts]
        chances[0] += CERTAIN - sum(chances)
        alike = question(*((chance,) * len(beliefs) for chance in chances))
        assert abs(information(alike, beliefs)) <= ROUNDING * sum(beliefs) * CERTAIN * BIT


class TestExpected:
    """Rule: an option is as likely as the relationships that make it so."""

    def test_it_is_the_chance_by_the_share_of_each(self) -> None:
        """Seven in ten of three quarters, and three in ten of a quarter."""
        assert expected(question((3072, 1024), (1024, 3072)), (700, 300)) == [2457600, 1638400]

    @given(SCORED, totals())
    def test_all_options_come_to_the_scale(self, asked: Question, points: tuple[int, ...]) -> None:
        """The same for every question, so that questions can be compared."""
        beliefs = scoring.shares(MODEL, points)
        assert sum(expected(asked, beliefs)) == sum(beliefs) * CERTAIN


class TestOutlook:
    """Rule: it is the mean and the variance of what an answer does to a lead, exactly."""

    def test_an_even_chance_of_three_points_either_way(self) -> None:
        """Worked out by hand: nothing on average, and nine."""
        where = SMALL.questions["where"]
        assert outlook(where, (1, 1), 0, 1) == Outlook(0, 36)
        assert outlook(where, (1, 1), 0, 2) == Outlook(3, 9)

    @given(
        SCORED,
        answers(),
        st.integers(min_value=0, max_value=9),
        st.integers(min_value=0, max_value=9),
    )
    def test_it_agrees_with_fractions(
        self, asked: Question, some: dict[str, tuple[str, ...]], first: int, other: int
    ) -> None:
        """Nothing is rounded."""
        chances = expected(asked, scoring.shares(MODEL, scoring.points(MODEL, some)))
        scale = sum(chances)
        changes = [
            option.weights[first] - option.weights[other] for option in asked.options.values()
        ]
        odds = [Fraction(chance, scale) for chance in chances]
        mean = sum(map(Fraction.__mul__, odds, map(Fraction, changes)), Fraction())
        spread = sum(
            (part * (change - mean) ** 2 for part, change in zip(odds, changes, strict=True)),
            Fraction(),
        )
        found = outlook(asked, chances, first, other)
        assert (Fraction(found.mean, scale), Fraction(found.variance, scale**2)) == (mean, spread)


class TestLogarithm:
    """Rule: the logarithm is that of floating point, made of whole numbers."""

    @pytest.mark.parametrize("exponent", [0, 1, 2, 12, 22, 40, 200])
    def test_powers_of_two_are_exact(self, exponent: int) -> None:
        """Halves and quarters are where sums meet."""
        assert expectation._log2(1 << exponent) == exponent << 16

    @given(st.integers(min_value=1, max_value=2**40))
    def test_it_is_right_to_a_ten_thousandth(self, number: int) -> None:
        """That tells any two questions apart that differ for a reader."""
        assert expectation._log2(number) / BIT == pytest.approx(math.log2(number), abs=1e-4)

    @given(st.integers(min_value=2, max_value=2**40))
    def test_it_is_never_too_large(self, number: int) -> None:
        """It is cut off, not rounded up."""
        assert expectation._log2(number) / BIT <= math.log2(number) + 1e-9
