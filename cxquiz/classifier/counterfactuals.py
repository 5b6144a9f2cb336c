"""Counterfactuals: which other answers would have made another relationship the first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import TYPE_CHECKING

from cxquiz.classifier import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.scoring import Points
    from cxquiz.model.types import Model, Question

_Given = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """Answers that would put another relationship first.

    Attributes:
        answers: The answers that would have to be given, by question id.
        primary: The relationship that would then be the first.
    """

    answers: Mapping[str, tuple[str, ...]]
    primary: str


def possible_answers(question: Question) -> Iterator[tuple[str, ...]]:
    """List every answer that a scored question takes, the shortest first."""
    yield from ((option,) for option in question.options)
    if question.kind == "many":
        free = [option.id for option in question.options.values() if not option.exclusive]
        yield from chain.from_iterable(combinations(free, size) for size in range(2, len(free) + 1))


def single_counterfactuals(
    model: Model, answers: Answers, questions: Iterable[str]
) -> tuple[Counterfactual, ...]:
    """Find each other answer to one question that would put another relationship first.

    In a question that takes several options, an option is first tried beside those that
    were given, and alone only where that changes nothing.

    Args:
        model: The model.
        answers: The answers as they are; at least one of them is to a scored question.
        questions: The scored questions that might be answered otherwise.

    Returns:
        The counterfactuals, at most one for each option, the one that moves the lead least first.
    """
    totals = scoring.points(model, answers)
    first = scoring.leader(totals)
    found: list[tuple[int, Counterfactual]] = []
    for question_id in questions:
        question = model.questions[question_id]
        given = answers.get(question_id, ())
        for option in question.options:
            for options in _with_option(question, given, option):
                changed = scoring.points(model, {**answers, question_id: options})
                best = scoring.leader(changed)
                if best != first:
                    moved = totals[first] - totals[best] + changed[best] - changed[first]
                    change = Counterfactual({question_id: options}, list(model.relationships)[best])
                    found.append((moved, change))
                    break
    found.sort(key=lambda item: item[0])
    return tuple(change for _, change in found)


def _with_option(
    question: Question, given: tuple[str, ...], option: str
) -> Iterator[tuple[str, ...]]:
    """List the answers that have one option more than the given ones, or instead of them."""
    if option in given:
        return
    exclusive = any(question.options[name].exclusive for name in (*given, option))
    if question.kind == "many" and given and not exclusive:
        yield tuple(name for name in question.options if name in (*given, option))
    yield (option,)


def supposed(model: Model, answers: Answers, change: Counterfactual) -> tuple[str, ...]:
    """Return what would be different in a counterfactual, as beginnings of sentences.

    Args:
        model: The model.
        answers: The answers as they are.
        change: The counterfactual.
    """
    texts: list[str] = []
    for question_id, options in change.answers.items():
        question = model.questions[question_id]
        new = [name for name in options if name not in answers.get(question_id, ())]
        # Where an answer only loses an option, what is left says it.
        texts += [question.options[name].supposing for name in new or options]
    return tuple(texts)


def fewest_answers(
    model: Model, answers: Answers, questions: Sequence[str]
) -> Counterfactual | None:
    """Find the fewest answers that would put another relationship first.

    Every answer that a question takes is tried, in all combinations: nothing smaller would
    do. Only families of questions under a cap have to be tried together; what the others
    add can be taken one by one.

    Args:
        model: The model.
        answers: The answers as they are; at least one of them is to a scored question.
        questions: The scored questions that might be answered, or answered otherwise.

    Returns:
        Of the counterfactuals with the fewest answers the one that puts another furthest ahead;
        ``None`` where no answers to these questions would.
    """
    totals = scoring.points(model, answers)
    first = scoring.leader(totals)
    moves = [list(_moves(model, answers, group)) for group in _groups(model, questions)]
    best: tuple[int, int, _Given] | None = None
    for rival, total in enumerate(totals):
        if rival == first:
            continue
        # One point more is needed where the model's order would settle a tie for the first.
        behind = totals[first] - total
        found = _fewest(_gains(moves, first, rival), behind + (rival > first))
        if found and (best is None or (len(found[1]), behind - found[0]) < best[:2]):
            best = (len(found[1]), behind - found[0], found[1])
    if best is None:
        return None
    changed = scoring.points(model, {**answers, **best[2]})
    return Counterfactual(best[2], list(model.relationships)[scoring.leader(changed)])


def _groups(model: Model, questions: Sequence[str]) -> Iterator[list[str]]:
    """Sort questions into groups that do not share a cap."""
    capped: dict[str, list[str]] = {}
    for question_id in questions:
        family = model.questions[question_id].family
        if family in model.estimation.caps:
            capped.setdefault(family, []).append(question_id)
        else:
            yield [question_id]
    yield from capped.values()


def _moves(model: Model, answers: Answers, group: Sequence[str]) -> Iterator[tuple[_Given, Points]]:
    """List all ways to answer some questions of a group, with the points that each moves."""
    family = model.questions[group[0]].family
    cap = model.estimation.caps.get(family)
    members = [name for name, question in model.questions.items() if question.family == family]
    if cap is None:
        members = list(group)
    rows = {
        name: scoring.option_points(model, name, answers[name])
        for name in members
        if answers.get(name)
    }
    before = _sum(model, rows.values(), cap)
    for choice in product(*(_choices(model, name, answers.get(name, ())) for name in group)):
        given = {name: options for name, options in zip(group, choice, strict=True) if options}
        if given:
            new = {name: scoring.option_points(model, name, given[name]) for name in given}
            after = _sum(model, {**rows, **new}.values(), cap)
            yield given, tuple(a - b for a, b in zip(after, before, strict=True))


def _choices(model: Model, question_id: str, given: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """List the other answers to a question, after an empty one for leaving it as it is."""
    yield ()
    for options in possible_answers(model.questions[question_id]):
        if options != given:
            yield options


def _sum(model: Model, rows: Iterable[Points], cap: int | None) -> Points:
    nothing = (0,) * len(model.relationships)
    if cap is None:
        return tuple(map(sum, zip(nothing, *rows, strict=True)))
    return scoring.capped_sum([nothing, *rows], cap)


def _gains(
    moves: Iterable[Iterable[tuple[_Given, Points]]], first: int, rival: int
) -> Iterator[dict[int, tuple[int, _Given]]]:
    """For each group return, by the number of answers, the move that gains a rival most."""
    for group in moves:
        gains: dict[int, tuple[int, _Given]] = {}
        for given, moved in group:
            gain = moved[rival] - moved[first]
            if gain > gains.get(len(given), (0, {}))[0]:
                gains[len(given)] = (gain, given)
        yield gains


def _fewest(
    groups: Iterable[dict[int, tuple[int, _Given]]], needed: int
) -> tuple[int, _Given] | None:
    """Return the fewest answers that gain what is needed, and how much they gain."""
    best: dict[int, tuple[int, _Given]] = {0: (0, {})}
    for gains in groups:
        best = _merged(best, gains)
    enough = [count for count, (gain, _) in best.items() if gain >= needed]
    return best[min(enough)] if enough else None


def _merged(
    best: dict[int, tuple[int, _Given]], gains: dict[int, tuple[int, _Given]]
) -> dict[int, tuple[int, _Given]]:
    """Return the best gains by the number of answers, with those of one more group."""
    merged = dict(best)
    for count, (gain, given) in best.items():
        for more, (gained, new) in gains.items():
            total = gain + gained
            if total > merged.get(count + more, (0, {}))[0]:
                merged[count + more] = (total, {**given, **new})
    return merged
