"""States: every state that the adaptive quiz can reach, checked one by one.

A state is what was answered, in whatever order. The next question follows from it alone, so
two ways to the same answers are the same state, and the states of one length can be listed
from those of the length before.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from zlib import crc32

from cxquiz.classifier import scoring
from cxquiz.classifier.counterfactuals import fewest_answers, possible_answers
from cxquiz.classifier.next_question import likeliest_option, next_question
from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH, has_basis, verdict_on
from tests.cxquiz.examples import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.evaluation.variants import Coded

_CHUNK: Final = 4000
# Searching all answers to all open questions takes milliseconds, so one asking state in so
# many is searched.
_SEARCHED: Final = 101
_QUESTIONS: Final = tuple(MODEL.questions.values())

# A state is a byte per question: 0 is open, 1 is "not sure", and from 2 on its answers.
_OPEN, _UNSURE, _FIRST = 0, 1, 2
_SINGLE: Final = tuple(tuple((option,) for option in question.options) for question in _QUESTIONS)
_EVERY: Final = tuple(tuple(possible_answers(question)) for question in _QUESTIONS)


@dataclass
class Survey:
    """What a walk through the states found.

    Attributes:
        states: How many states there are.
        ends: In how many of them the quiz ends.
        longest: The most questions asked before an end.
        searched: How many states with a question were searched for what could still change.
        in_vain: Among them those where no open answers could change the first relationship,
            although the verdict says something.
        contradicted: Ends whose first relationship would not stay the first if all open
            answers were those that this relationship makes most likely.
        endings: Pairs of a first relationship and a verdict with which the quiz ends.
        complete: Whether every state was visited.
    """

    states: int = 0
    ends: int = 0
    longest: int = 0
    searched: int = 0
    in_vain: int = 0
    contradicted: int = 0
    endings: set[tuple[str | None, str]] = field(default_factory=set)
    complete: bool = True

    def add(self, other: Survey) -> None:
        """Take in what another walk found among other states."""
        self.states += other.states
        self.ends += other.ends
        self.longest = max(self.longest, other.longest)
        self.searched += other.searched
        self.in_vain += other.in_vain
        self.contradicted += other.contradicted
        self.endings |= other.endings


def survey(*, every_answer: bool, depth: int, processes: int = 1) -> Survey:
    """Walk through all states, the short ones first.

    Args:
        every_answer: Whether readers may tick several options and say that they are not
            sure; else they give one option to every question.
        depth: After how many questions to stop walking.
        processes: How many processors to use.
    """
    found = Survey()
    layer = [bytes(len(_QUESTIONS))]
    with ProcessPoolExecutor(processes) as pool:
        for length in range(depth + 1):
            following: set[bytes] = set()
            walk = [
                (layer[start : start + _CHUNK], every_answer)
                for start in range(0, len(layer), _CHUNK)
            ]
            for part, reached in pool.map(_survey_chunk, walk):
                part.longest = length if part.ends else 0
                found.add(part)
                following |= reached
            layer = sorted(following)
            if not layer:
                return found
    found.complete = False
    return found


def _survey_chunk(work: tuple[Iterable[bytes], bool]) -> tuple[Survey, set[bytes]]:
    states, every_answer = work
    found = Survey()
    following: set[bytes] = set()
    for state in states:
        answers = _answers_in(state, every_answer=every_answer)
        seen = [
            question.id for question, byte in zip(_QUESTIONS, state, strict=True) if byte != _OPEN
        ]
        question = next_question(MODEL, answers, seen)
        found.states += 1
        if question is None:
            assessment = assess(MODEL, answers)
            found.ends += 1
            found.endings.add((assessment.primary, assessment.verdict))
            found.contradicted += has_basis(MODEL, answers) and not _stays(answers, seen)
        else:
            if crc32(state) % _SEARCHED == 0:
                found.searched += 1
                found.in_vain += _in_vain(answers, seen)
            place = [item.id for item in _QUESTIONS].index(question)
            count = len((_EVERY if every_answer else _SINGLE)[place])
            bytes_ = range(_UNSURE if every_answer else _FIRST, _FIRST + count)
            following.update(state[:place] + bytes((byte,)) + state[place + 1 :] for byte in bytes_)
    return found, following


def _answers_in(state: bytes, *, every_answer: bool) -> Coded:
    choices = _EVERY if every_answer else _SINGLE
    return {
        question.id: options[byte - _FIRST]
        for question, options, byte in zip(_QUESTIONS, choices, state, strict=True)
        if byte >= _FIRST
    }


def _stays(answers: Coded, seen: list[str]) -> bool:
    """Say whether the first stays the first if what is open is answered as it makes likely."""
    totals = scoring.points(MODEL, answers)
    first = scoring.leader(totals)
    likely = {
        question.id: (likeliest_option(question, first),)
        for question in _QUESTIONS
        if question.id not in seen
    }
    changed = scoring.points(MODEL, {**answers, **likely})
    return scoring.leader(changed) == first


def _in_vain(answers: Coded, seen: list[str]) -> bool:
    if not has_basis(MODEL, answers):
        return False
    if verdict_on(MODEL, scoring.points(MODEL, answers)) == NOT_ENOUGH:
        return False
    still_open = [question.id for question in _QUESTIONS if question.id not in seen]
    return fewest_answers(MODEL, answers, still_open) is None
