"""What the map says of a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.map.items import items_of
from cxquiz.map.places import OPEN
from cxquiz.portfolio.portfolio import Kept, version
from tests.cxquiz.examples import SMALL, answer_pool, ideal_answers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.map.items import Item


class TestItems:
    """Rule: the map says what the reading says, and how sure it is."""

    @staticmethod
    def items(answers: Iterable[dict[str, tuple[str, ...]]]) -> list[Item]:
        """Return the items of the small model."""
        kept = [
            Kept(f"r{n}", f"Who {n}", version(SMALL, one, kept="")) for n, one in enumerate(answers)
        ]
        return items_of(SMALL, kept)

    def test_a_reading_has_its_place_and_name(self) -> None:
        """By the model."""
        ideals = [ideal_answers(SMALL, name) for name in ("near", "far", "else")]
        found = self.items(ideals)
        assert [one.place for one in found] == ["served", "supply", "aside"]
        assert [one.kind for one in found] == ["The near", "The far", "The else"]
        assert [one.stops for one in found] == [False, False, True]

    def test_an_uncertain_reading_is_said_to_be_one(self) -> None:
        """In words, and by a broken border."""
        for answers in answer_pool(SMALL):
            now = version(SMALL, answers, kept="")
            (one,) = items_of(SMALL, [Kept("a", "A", now)])
            unsure = now.verdict in (NOT_ENOUGH, TWO_READINGS)
            assert one.certain == (not unsure)
            assert (SMALL.verdicts[now.verdict].name in one.notes) == unsure
            assert (one.place == OPEN) == (now.verdict == NOT_ENOUGH)

    def test_a_stop_is_said_in_words_too(self) -> None:
        """Two bars alone tell little."""
        now = version(SMALL, ideal_answers(SMALL, "else"), kept="")
        chained, single = items_of(SMALL, [Kept("a", "A", now, via="b"), Kept("b", "B", now)])
        assert (chained.mark, single.mark) == ("map_stop", "")
