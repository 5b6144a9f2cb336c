"""Accuracy: how often the first relationship is the one that the case is coded with."""

from __future__ import annotations

import copy
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxquiz.authoring.loader import build_model
from cxquiz.authoring.wording import PACKAGED_MODEL
from cxquiz.classifier import scoring
from tests.cxquiz.examples import CASES, MODEL
from tests.evaluation.draws import Draw, draw
from tests.evaluation.variants import CODINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxquiz.model.types import Model
    from tests.cxquiz.examples import Case

TIMES: Final = 20
FOLDS: Final = 5

PUBLISHED: Final[dict[str, dict[str, dict[str, int]]]] = json.loads(
    Path(__file__).parents[1].joinpath("data", "published_weights.json").read_text("utf-8")
)
"""The weights that the sources were first given: question, option, relationship."""
_RAW: Final[dict[str, Any]] = tomllib.loads(PACKAGED_MODEL.read_text("utf-8"))

Change = tuple[str, str]
"""An option whose weights were changed: the ids of its question and of itself."""


@dataclass(frozen=True)
class Score:
    """How many first labels were right, in parts of all and of the uncontested cases."""

    right: float
    uncontested: float


def first_label(model: Model, answers: dict[str, tuple[str, ...]]) -> str:
    """Return the relationship with the most points."""
    totals = scoring.points(model, answers)
    return list(model.relationships)[scoring.leader(totals)]


def score(model: Model, draws: Iterable[Draw]) -> Score:
    """Count the first labels that are right."""
    right = counted = right_uncontested = uncontested = 0
    for item in draws:
        good = item.weight * (first_label(model, item.answers) == item.case.expected)
        right += good
        counted += item.weight
        if not item.case.contested:
            right_uncontested += good
            uncontested += item.weight
    return Score(right / counted, right_uncontested / uncontested)


def _published(question: str, option: str) -> dict[str, int]:
    """Return the published weights of an option; one that came later has none."""
    return PUBLISHED.get(question, {}).get(option, {})


def changed_options() -> list[Change]:
    """List the options whose weights differ from the published ones."""
    return [
        (question["id"], option["id"])
        for question in _RAW["question"]
        for option in question["option"]
        if option["weights"] != _published(question["id"], option["id"])
    ]


def model_with(changes: Iterable[Change], *, caps: bool) -> Model:
    """Return the packaged model with the published weights, except for some options.

    Args:
        changes: The options that keep the packaged weights.
        caps: Whether the families keep their caps.
    """
    kept = set(changes)
    raw = copy.deepcopy(_RAW)
    for question in raw["question"]:
        for option in question["option"]:
            if (question["id"], option["id"]) not in kept:
                option["weights"] = _published(question["id"], option["id"])
    if not caps:
        raw["estimation"]["caps"] = {}
    return build_model(raw)


def chosen_changes(cases: Sequence[Case]) -> list[Change]:
    """Choose among the changes by some cases alone: each in turn that makes most more right."""
    draws = draw(MODEL, cases, CODINGS, times=3)
    left, kept = changed_options(), list[Change]()
    best = _gain(model_with(kept, caps=True), draws)
    while left:
        gains = {change: _gain(model_with([*kept, change], caps=True), draws) for change in left}
        change = max(gains, key=gains.__getitem__)
        if gains[change] <= best:
            break
        best = gains[change]
        kept.append(change)
        left.remove(change)
    return kept


def _gain(model: Model, draws: Iterable[Draw]) -> float:
    """Return the mean share of the right relationship: smoother than counting right labels."""
    total = 0
    names = list(model.relationships)
    for item in draws:
        shares = scoring.shares(model, scoring.points(model, item.answers))
        total += item.weight * shares[names.index(item.case.expected)]
    return total


def left_out_scores() -> dict[str, Score]:
    """Score each fold of the cases by a model whose changes were chosen without it."""
    found: dict[str, list[tuple[Score, int, int]]] = {coding: [] for coding in CODINGS}
    for fold in range(FOLDS):
        inside = [case for place, case in enumerate(CASES) if place % FOLDS != fold]
        outside = [case for place, case in enumerate(CASES) if place % FOLDS == fold]
        model = model_with(chosen_changes(inside), caps=True)
        for coding in CODINGS:
            result = score(model, draw(MODEL, outside, [coding], TIMES))
            plain = sum(not case.contested for case in outside)
            found[coding].append((result, len(outside), plain))
    return {
        coding: Score(
            sum(result.right * count for result, count, _ in folds) / len(CASES),
            sum(result.uncontested * plain for result, _, plain in folds)
            / sum(plain for _, _, plain in folds),
        )
        for coding, folds in found.items()
    }


def accuracy() -> list[dict[str, Any]]:
    """Compare the packaged model with a plain sum of the published weights, way by way."""
    baseline = model_with([], caps=False)
    left_out = left_out_scores()
    rows = []
    for coding in CODINGS:
        draws = draw(MODEL, CASES, [coding], TIMES)
        rows.append(
            {
                "coding": coding,
                **{
                    f"{name}_{part}": round(100 * getattr(result, part), 1)
                    for name, result in (
                        ("plain", score(baseline, draws)),
                        ("model", score(MODEL, draws)),
                        ("left_out", left_out[coding]),
                    )
                    for part in ("right", "uncontested")
                },
            }
        )
    return rows
