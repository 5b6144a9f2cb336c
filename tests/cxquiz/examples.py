"""What the tests of the package try things on: the packaged model, a small one, and the cases.

The packaged model's weights and wording may change any day. A test that needs figures takes
them from the small model below, which is no one's opinion on customers and partners.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxquiz.authoring.loader import build_model
from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.wording import WORDING
from cxquiz.classifier.answers import parse_answers
from cxquiz.quiz.session import Session, current_screen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

MODEL: Final = load_model()
"""The packaged model."""

Raw = dict[str, Any]
"""A model as its file says it, before it is checked."""

Path_ = tuple[str | int, ...]
"""The way to a value inside nested tables and lists."""


@dataclass(frozen=True)
class Case:
    """A relationship that people have judged.

    Attributes:
        id: Its name.
        answers: What was answered about it, as in a file.
        expected: The relationship that it is.
        acceptable: Relationships that would do as well.
        contested: Whether informed people would disagree.
    """

    id: str
    answers: dict[str, str | list[str]]
    expected: str
    acceptable: list[str]
    contested: bool


def load_cases() -> tuple[Case, ...]:
    """Read the cases."""
    path = Path(__file__).parents[1] / "data" / "cases.jsonl"
    return tuple(Case(**json.loads(line)) for line in path.read_text("utf-8").splitlines())


CASES: Final = load_cases()
"""Relationships from what people have written about customers and partners."""


def _relationship(name: str, neighbour: str) -> Raw:
    return {
        "id": name,
        "name": f"The {name}",
        "reading": f"They are {name}.",
        "short": f"{name} in short",
        "definition": f"What {name} means",
        "criteria": [f"a sign of {name}", f"another sign of {name}"],
        "near_misses": [{"text": f"almost {name}", "relationship": neighbour}],
        "next_steps": [f"a step for {name}"],
        "caution": f"take care with {name}",
        "words": f"other words for {name}",
        "place": {"near": "served", "far": "supply"}.get(name, "aside"),
        "mirror": [neighbour],
        "mirror_text": f"you are {neighbour} to them",
        "ask_them": f"ask them about {name}",
        "page": f"pages/{name}/",
        "sources": ["book"],
    }


_BECOMES: Final = {
    "take": "give",
    "give": "take",
    "here": "there",
    "there": "here",
    "for": "with",
    "with": "for",
}
"""The options of the small model that are others in the other party's terms."""

_RARE: Final = ("nothing", "with", "cold")
"""The options of the small model that few readers choose."""


def _talk(name: str) -> Raw:
    return {
        "mean": f"What each may mean by {name}",
        "ask": f"What is {name} to you?",
        "agree": f"What to agree on {name}",
    }


def _question(
    name: str,
    family: str,
    kind: str,
    options: dict[str, dict[str, int]],
) -> Raw:
    return {
        "id": name,
        "short": f"short {name}",
        "text": f"What about {name}?",
        "why": f"Why {name} is asked",
        "mirrored": f"What of {name} over there?",
        "mirrored_short": f"mirrored {name}",
        "mirrored_why": f"Why {name} is asked over there",
        "becomes": name,
        "becomes_note": f"why {name} is lost",
        "talk": _talk(name),
        "family": family,
        "kind": kind,
        "page": f"pages/{name}/",
        "sources": ["book"],
        "option": [
            {
                "id": option,
                "text": f"{name} is {option}",
                "supposing": f"suppose that {name} is {option}",
                "mirrored": f"{name} is {option} over there",
                "becomes": _BECOMES.get(option, option),
                "common": 2 if option in _RARE else 10,
                "exclusive": option == "nothing",
                "weights": weights,
                "weights_note": f"why {option} weighs so",
            }
            for option, weights in options.items()
        ],
    }


def _context(name: str, kind: str, screen: str, options: tuple[str, ...] = ()) -> Raw:
    question: Raw = {
        "id": name,
        "short": f"short {name}",
        "text": f"And {name}?",
        "hint": f"How to say {name}",
        "mirrored": f"And {name} over there?",
        "mirrored_short": f"mirrored {name}",
        "mirrored_hint": f"How to say {name} over there",
        "kind": kind,
        "screen": screen,
        "sources": ["talk"],
    }
    if not options:
        question["becomes_note"] = f"why {name} is lost"
    else:
        question["becomes"] = name
        question["talk"] = _talk(name)
        question["option"] = [
            {
                "id": option,
                "text": f"{name} is {option}",
                "mirrored": f"{name} is {option} over there",
                "becomes": option,
                "advice": f"advice on {name} {option}",
            }
            for option in options
        ]
    return question


def _rule(name: str, when: list[Raw]) -> Raw:
    return {
        "id": name,
        "name": f"rule {name}",
        "text": f"what {name} says",
        "page": f"pages/{name}/",
        "sources": ["talk"],
        "when": when,
    }


def _toward(name: str, months: int, relationships: list[str]) -> Raw:
    return {
        "id": name,
        "name": f"Toward {name}",
        "text": f"what {name} means",
        "steps": [f"a step toward {name}"],
        "review_months": months,
        "relationships": relationships,
        "page": f"pages/{name}/",
        "sources": ["talk"],
    }


def small_raw() -> Raw:
    """Return a small model, as a file would say it; it has every key that a file may have.

    Its figures are made so that a test can reckon with them: two points double a share,
    family ``stance`` is capped at 4, and 2 answers are enough with ``where`` or ``how``
    among them.
    """
    return {
        "format": 1,
        "language": "en",
        "months": [f"month{number}" for number in range(1, 13)],
        "estimation": {
            "caps": {"stance": 4},
            "k": [1, 2],
            "clear_share": 800,
            "leaning_share": 600,
            "two_readings_share": 800,
            "minimum_answers": 2,
            "essential": ["where", "how"],
            "holds_points": 2,
            "holds_within": 5,
        },
        "asking": {"assurance": 10, "patience": 4, "assurance_after": 5},
        "relationship": [
            _relationship("near", "far"),
            _relationship("far", "near"),
            _relationship("else", "near"),
        ],
        "question": [
            _question("where", "place", "one", {"here": {"near": 3}, "there": {"far": 3}}),
            _question(
                "what",
                "things",
                "many",
                {
                    "take": {"near": 2},
                    "give": {"far": 2, "else": 1},
                    "nothing": {"near": -1, "far": -1, "else": 3},
                },
            ),
            _question("how", "stance", "one", {"for": {"near": 3}, "with": {"far": 3}}),
            _question("mood", "stance", "one", {"warm": {"near": 3}, "cold": {"near": -3}}),
            _question("rest", "things", "one", {"yes": {"else": 2}, "no": {"else": -2}}),
        ],
        "context": [
            _context("name", "text", "first"),
            _context("work", "text", "first"),
            _context("called", "one", "last", ("near", "far")),
            _context("beneficiary", "text", "last"),
            _context("changing", "one", "last", ("closer", "apart")),
        ],
        "verdict": [
            {"id": verdict, "name": f"verdict {verdict}", "text": f"this is {verdict}"}
            for verdict in ("clear", "leaning", "two_readings", "not_enough")
        ],
        "flag": [
            _rule("misnamed", [{"called": ["near"], "primary": ["far", "else"]}]),
            _rule("few", [{"fewer_answers_than": 2}]),
            _rule("both_ways", [{"where": ["here"], "what": ["give", "take"]}, {"mood": ["cold"]}]),
        ],
        "dispute": [_rule("near_or_far", [{"where": ["here"], "how": ["with"]}])],
        "contradiction": [
            {
                "id": "here_and_give",
                "text": "here and give do not go together",
                "questions": ["where", "what"],
                "when": [{"where": ["here"], "what": ["give"]}],
            }
        ],
        "implausible": [{"relationships": ["near", "far"], "text": "near and far at once"}],
        "toward": [_toward("closer", 3, ["near", "far"]), _toward("apart", 12, ["near"])],
        "source": [
            {
                "id": source,
                "short": f"The {source}",
                "author": "Somebody",
                "title": f"A {source} on it",
                "year": "2020",
                "place": "a stored_list",
                "read": read,
            }
            for source, read in (("book", "read"), ("talk", "second_hand"))
        ],
        "wording": {
            key: " ".join([key, *(f"{{{name}}}" for name in sorted(placeholders))])
            for key, placeholders in WORDING.items()
        },
    }


def small_model() -> Model:
    """Return the small model, checked."""
    return build_model(small_raw())


SMALL: Final = small_model()
"""The small model as it is; take :func:`small_raw` to change something first."""


def value_at(raw: Any, path: Path_) -> Any:  # noqa: ANN401 - a file's value may be anything
    """Return the value at the end of a path."""
    for part in path:
        raw = raw[part]
    return raw


def paths(raw: Any, path: Path_ = ()) -> Iterator[Path_]:  # noqa: ANN401 - as above
    """Walk through all values inside a value, the tables and lists included."""
    if path:
        yield path
    if isinstance(raw, dict | list):
        for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
            yield from paths(value, (*path, key))


def level(path: Path_) -> str:
    """Return what a value is for: its path without the places in lists and without free names."""
    names = [part for part in path if isinstance(part, str)]
    free = {"weights", "caps", "when", "wording"}
    if len(names) > 1 and names[-2] in free:
        names[-1] = "*"
    return ".".join(names)


def put(path: Path_, value: object) -> Raw:
    """Return the small model with another value at the end of a path."""
    raw = small_raw()
    value_at(raw, path[:-1])[path[-1]] = copy.deepcopy(value)
    return raw


def remove(path: Path_) -> Raw:
    """Return the small model without what is at the end of a path."""
    raw = small_raw()
    del value_at(raw, path[:-1])[path[-1]]
    return raw


def _by_level(choose: Callable[[Path_, object], bool]) -> dict[str, list[Path_]]:
    found: dict[str, list[Path_]] = {}
    raw = small_raw()
    for path in paths(raw):
        if choose(path, value_at(raw, path)):
            found.setdefault(level(path), []).append(path)
    return found


EVERYTHING: Final = _by_level(lambda _, __: True)
"""The paths to all values inside the small model, by what they are for."""
TEXTS: Final = _by_level(lambda _, value: isinstance(value, str))
"""Those to texts."""
TABLES: Final = _by_level(lambda _, value: isinstance(value, dict))
"""Those to tables."""
KEYS: Final = _by_level(lambda path, _: isinstance(path[-1], str))
"""Those that end with a key of a table."""


def ideal_answers(model: Model, relationship: str) -> dict[str, tuple[str, ...]]:
    """Answer each question by the option that speaks most for a relationship."""
    place = list(model.relationships).index(relationship)

    def lead(weights: tuple[int, ...]) -> int:
        return len(weights) * weights[place] - sum(weights)

    return {
        question.id: (max(question.options.values(), key=lambda item: lead(item.weights)).id,)
        for question in model.questions.values()
    }


def answer_pool(model: Model) -> Iterator[Answers]:
    """Make answers of many kinds: few and many, of one mind and of two."""
    ideals = {name: ideal_answers(model, name) for name in model.relationships}
    names = list(model.questions)
    for one in ideals.values():
        for count in range(len(names) + 1):
            yield {name: one[name] for name in names[:count]}
        for other in ideals.values():
            yield {name: (one, other)[place % 2][name] for place, name in enumerate(names)}


def met(given: Answers) -> dict[str, tuple[str, ...]]:
    """Return the packaged questions that the quiz asks who answers so, and what they answer."""
    session = Session()
    while (screen := current_screen(MODEL, session)) in MODEL.questions:
        session = session.answer({screen: given.get(screen, ())})
    return dict(session.entries)


def _people() -> Iterator[Answers]:
    """Return answers that people give, and then such with one answer that is another."""
    cases = [parse_answers(MODEL, case.answers) for case in CASES]
    yield from cases
    for question in MODEL.questions.values():
        for option in question.options:
            yield from ({**case, question.id: (option,)} for case in cases)


def somebody(wanted: Callable[[Answers], object]) -> dict[str, tuple[str, ...]]:
    """Return what the first one answers whom the quiz asks, and of whose answers this is true.

    So a test of the packaged model needs no answers of which it knows how that model reads them.

    Raises:
        AssertionError: It is true of nobody.
    """
    for given in _people():
        asked = {name: some for name, some in met(given).items() if some}
        if wanted(asked):
            return asked
    raise AssertionError("the model reads nobody's answers so")
