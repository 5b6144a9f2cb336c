"""A survey of a register: counts, disputes and the conversations that would help most.

It is put together relationship by relationship, and holds counts and the few most useful
conversations only, so a register of any length fits.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.comparison.comparison import Voice
from cxquiz.model.text import one_line
from cxquiz.model.types import THEIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.classifier.reading import Assessment
    from cxquiz.cli.answer_store import Packed
    from cxquiz.formats.answer_sets import AnswerSet
    from cxquiz.model.types import Model

MOST_TALKS: Final = 30
"""So many conversations are proposed: nobody plans more."""

MOST_UNITS: Final = 2000
"""So many units are counted one by one; the others are counted together."""

OTHERS: Final = "\0"
"""The unit that stands for those beyond :data:`MOST_UNITS`."""

_NAMED: Final = 60


class Found(NamedTuple):
    """What there is to count of one relationship.

    Attributes:
        unit: The unit that it belongs to, or an empty text.
        primary: The first relationship, ``None`` for "not enough to say".
        verdict: How sure it is.
        disputes: The disputes that apply.
        flags: The flags that apply.
        contradictions: The contradictions that apply.
        apart: Whether people see different things.
        urgency: How useful a conversation would be; nothing is left to say at 0.
    """

    unit: str
    primary: str | None
    verdict: str
    disputes: tuple[str, ...]
    flags: tuple[str, ...]
    contradictions: tuple[str, ...]
    apart: bool
    urgency: int


class Talk(NamedTuple):
    """A conversation that would help: the more urgent, and then the earlier, the better."""

    urgency: int
    order: int
    name: str
    unit: str
    voices: tuple[Voice, ...]


def find(model: Model, given: Sequence[AnswerSet]) -> Found:
    """Read the sets of answers about one relationship.

    Where several people answered, the reading is that which most of them share.

    Args:
        model: The model to judge by.
        given: The sets of answers, one at least.
    """
    own = [one for one in given if one.side != THEIRS] or list(given)
    assessments = [assess(model, one.answers) for one in own]
    seen = Counter(one.seen for one in assessments if one.seen)
    most = max(seen.values(), default=0)
    first = next((a for a in assessments if most and seen[a.seen or ""] == most), assessments[0])
    apart = len(seen) > 1
    return Found(
        unit=next((one.unit for one in own if one.unit), ""),
        primary=first.seen,
        verdict=first.verdict,
        disputes=first.disputes,
        flags=first.flags,
        contradictions=first.contradictions,
        apart=apart,
        urgency=_urgency(first, len(seen), sum(seen.values()) - most),
    )


def _urgency(first: Assessment, views: int, dissenters: int) -> int:
    """Say how useful a conversation would be, as a number that orders them.

    First come those about which people see different things, by how many see another than
    most; then those with two readings, with too little to say, and with words in dispute.
    """
    if views > 1:
        return 1000 + 10 * min(dissenters, 90) + views
    unsure = {TWO_READINGS: 300, NOT_ENOUGH: 200}.get(first.verdict, 0)
    return unsure + 20 * len(first.contradictions) + 5 * len(first.disputes)


@dataclass(slots=True)
class Survey:
    """The counts of a register.

    Attributes:
        number: How many relationships there are.
        units: For each unit, how many there are of each kind; ``None`` is "not enough to say".
        verdicts: How many are how sure.
        disputes: For each dispute, how often it applies in which unit.
        flags: How often each flag applies.
        contradictions: How often each contradiction applies.
        apart: About how many people see different things.
        talks: The most useful conversations.
    """

    number: int = 0
    units: dict[str, Counter[str | None]] = field(default_factory=dict)
    verdicts: Counter[str] = field(default_factory=Counter)
    disputes: dict[str, Counter[str]] = field(default_factory=dict)
    flags: Counter[str] = field(default_factory=Counter)
    contradictions: Counter[str] = field(default_factory=Counter)
    apart: int = 0
    talks: list[Talk] = field(default_factory=list)

    def add(self, found: Found, packed: Packed) -> None:
        """Count one relationship.

        Args:
            found: What there is to count.
            packed: The sets of answers about it.
        """
        self.number += 1
        unit = found.unit
        if unit not in self.units and len(self.units) >= MOST_UNITS:
            unit = OTHERS
        self.units.setdefault(unit, Counter())[found.primary] += 1
        self.verdicts[found.verdict] += 1
        for dispute in found.disputes:
            self.disputes.setdefault(dispute, Counter())[unit] += 1
        self.flags.update(found.flags)
        self.contradictions.update(found.contradictions)
        self.apart += found.apart
        if not found.urgency:
            return
        rank = (found.urgency, -self.number)
        if len(self.talks) < MOST_TALKS:
            heappush(self.talks, self._talk(rank, found, packed))
        elif rank > self.talks[0][:2]:
            heapreplace(self.talks, self._talk(rank, found, packed))

    @staticmethod
    def _talk(rank: tuple[int, int], found: Found, packed: Packed) -> Talk:
        identity, given = packed.unpacked()
        named = (name for one in given for name in one.answers.get("name", ()))
        name = one_line(next(named, str(identity)))[:_NAMED]
        own = [one for one in given if one.side != THEIRS] or given
        voices = tuple(Voice(one.by, one.answers) for one in own)
        return Talk(*rank, name, found.unit, voices)

    def kinds(self) -> Counter[str | None]:
        """Return how many there are of each kind in all units together."""
        total: Counter[str | None] = Counter()
        for counts in self.units.values():
            total.update(counts)
        return total

    def largest_units(self) -> list[tuple[str, Counter[str | None]]]:
        """Return the units with their counts, the largest first and the others last."""
        return sorted(
            self.units.items(), key=lambda item: (item[0] == OTHERS, -item[1].total(), item[0])
        )

    def best_talks(self) -> list[Talk]:
        """Return the conversations, the most useful first."""
        return sorted(self.talks, reverse=True)
