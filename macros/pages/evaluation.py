"""The page "How good is it?": tables of the figures that ``make evaluate`` writes.

No figure on the page is typed in. Where the model has changed since the figures were computed,
the page says so.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from macros.pages.documents import DOCS
from macros.pages.tables import table

if TYPE_CHECKING:
    from cxquiz.model.types import Model

FIGURES: Final = DOCS / "quiz" / "evaluation.json"
"""Where the figures are."""

_CODINGS: Final = {
    "as_coded": "By the facts",
    "wishful": "Wishful: always “with”, always one goal",
    "bent": "Bent, answer by answer",
    "set_on_it": "Bent, with one wish behind it",
    "thinned": "40 of 100 answers missing",
    "bent_and_thinned": "Bent, and 25 of 100 missing",
}
_ANSWERS: Final = {"all": "all that the reader could answer", "quiz": "what the quiz asks"}
_PROMISES: Final = {
    "clear": ("first_right", "95"),
    "leaning": ("first_right", "75"),
    "two_readings": ("one_right", "95"),
}


def figures_digest(model: Model) -> str:
    """Return a digest of all that the figures depend on in a model: its numbers, no wording."""
    numbers = {
        "estimation": {**asdict(model.estimation), "essential": sorted(model.estimation.essential)},
        "asking": asdict(model.asking),
        "questions": [
            [question.id, question.family, question.kind, question.chances]
            + [
                [option.id, option.exclusive, option.weights]
                for option in question.options.values()
            ]
            for question in model.questions.values()
        ],
        "contradictions": repr([rule.when for rule in model.contradictions]),
    }
    return hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:16]


class Evaluation:
    """The figures as the pages show them."""

    def __init__(self, model: Model) -> None:
        """Read the figures.

        Raises:
            OSError: There are none; ``make evaluate`` makes them.
        """
        self._model = model
        self._figures: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))

    def show(self, name: str) -> str:
        """Return a table, or one figure by its path, such as ``shortest_way.median``.

        Raises:
            KeyError: There is neither.
        """
        if name.endswith(("_table", "_notice")):
            table: str = getattr(self, name)()
            return table
        value: Any = self._figures
        for part in name.split("."):
            value = value[part]
        return f"{value:g}" if isinstance(value, float) else str(value)

    def age_notice(self) -> str:
        """Return a warning where the figures are those of another model, else nothing."""
        if self._figures["model"] == figures_digest(self._model):
            return ""
        return (
            '!!! warning "Figures of an older model"\n'
            "    The model was changed after these figures had been computed. "
            "`make evaluate` computes them anew."
        )

    def accuracy_table(self) -> str:
        """Return how many first labels are right, way of answering by way of answering."""
        return table(
            ["How people answer", "plain sum", "this quiz", "cases left out"],
            (
                [
                    _CODINGS[row["coding"]],
                    *(
                        f"{row[f'{name}_right']} ({row[f'{name}_uncontested']})"
                        for name in ("plain", "model", "left_out")
                    ),
                ]
                for row in self._figures["accuracy"]
            ),
        )

    def reliability_table(self) -> str:
        """Return how often each verdict keeps its promise."""
        rows = []
        for row in self._figures["reliability"]:
            measure, promise = _PROMISES.get(row["verdict"], ("first_right", "none"))
            name = self._model.verdicts[row["verdict"]].name
            right = row[measure]
            rows.append(
                [
                    f"{name}, after {_ANSWERS[row['answers']]}",
                    row["readings"],
                    row["share"],
                    promise,
                    "none" if right is None else right,
                ]
            )
        return table(["Verdict", "readings", "of 100", "promised", "right in 100"], rows)

    def lengths_table(self) -> str:
        """Return how many questions the quiz asked of how many readers."""
        way = self._figures["shortest_way"]
        return table(
            ["Questions asked", "readers", "of 100"],
            (
                [length, count, round(100 * count / way["readers"], 1)]
                for length, count in way["lengths"].items()
            ),
        )

    def optimum_table(self) -> str:
        """Return how many questions the quiz expects to need, beside the fewest possible."""
        return table(
            [
                "Among these questions",
                "asks at least",
                "this quiz",
                "best possible",
                "above the best",
            ],
            (
                [
                    ", ".join(self._model.questions[name].short for name in row["questions"]),
                    row["minimum_answers"],
                    f"{row['quiz']:.2f}",
                    f"{row['best']:.2f}",
                    f"{100 * (row['quiz'] / row['best'] - 1):.1f} %",
                ]
                for row in self._figures["optimum"]
            ),
        )

    def states_table(self) -> str:
        """Return what the walk through the states of the quiz found."""
        both = self._figures["states"]
        rows = [
            ["states", *(f"{item['states']:,}" for item in both)],
            [
                "all of them",
                *(
                    "yes" if item["complete"] else f"up to {item['depth']} questions"
                    for item in both
                ),
            ],
            ["in which the quiz ends", *(f"{item['ends']:,}" for item in both)],
            ["most questions asked", *(item["longest"] for item in both)],
            ["searched for what could change", *(f"{item['searched']:,}" for item in both)],
            ["… of these asked in vain", *(item["in_vain"] for item in both)],
            ["ends that likely answers overturn", *(f"{item['contradicted']:,}" for item in both)],
        ]
        return table(
            ["What was counted", "one option each", "several ticks and “not sure” as well"], rows
        )

    def bends_table(self) -> str:
        """Return the rules by which the variants bend answers."""
        rows = []
        for bend in self._figures["bends"]["bends"]:
            question = self._model.questions[bend["question"]]
            given = " / ".join(question.options[name].text for name in bend["given"])
            said = question.options[bend["said"]].text
            rows.append([question.short, given, said, bend["percent"]])
        return table(["Question", "true answer", "said instead", "readers in 100"], rows)
