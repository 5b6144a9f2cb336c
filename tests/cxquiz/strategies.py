"""What hypothesis tries: answers, totals, texts, forms and stored sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from cxquiz.authoring.loader import build_model
from cxquiz.classifier.answers import TEXT_LIMIT, parse_answers
from cxquiz.classifier.counterfactuals import possible_answers
from cxquiz.model.text import one_line
from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import LAST, RESULT
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD
from tests.cxquiz.examples import CASES, MODEL, SMALL, small_raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cxquiz.model.types import Model, Question

Strategy = st.SearchStrategy

ALL_QUESTIONS: Final = {**MODEL.questions, **MODEL.context}
"""Every question of the packaged model, scored or not."""

HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "&lt;b&gt; & &amp;",
    "</form></template><h1>",
    "<!-- -->",
    "{0}",
    "{name.__class__}",
    "{{question}}",
    "%s $name ${name}",
    "{% raw %}",
    "javascript:alert(1)",
    "\0",
)
"""Texts that do harm where they are not treated as plain text."""


def short_texts() -> Strategy[str]:
    """Texts that fit, in any script, and with a taste for mischief."""
    mischief = st.text(alphabet="<>&\"'{}[]=/\\%$#;: ab0\u202e\u0301", max_size=40)
    return st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), mischief)


def typed_texts() -> Strategy[str]:
    """Whatever a reader may type or paste, now and then far too much of it."""
    huge = st.builds(str.__mul__, st.text(min_size=1, max_size=9), st.just(TEXT_LIMIT + 1))
    return st.one_of(short_texts(), huge)


def option_sets(question: Question) -> Strategy[tuple[str, ...]]:
    """Good answers to a question, in the package's own form."""
    if question.kind == "text":
        return short_texts().map(one_line).filter(bool).map(lambda text: (text,))
    options = list(question.options)
    if question.kind == "one":
        return st.sampled_from(options).map(lambda option: (option,))
    chosen = st.sets(st.sampled_from(options), min_size=1)
    return chosen.map(lambda some: tuple(option for option in options if option in some))


def form_choices(question: Question) -> Strategy[tuple[str, ...]]:
    """What a form accepts: options that exclude others stand alone."""
    exclusive = {option.id for option in question.options.values() if option.exclusive}
    return option_sets(question).filter(lambda some: len(some) == 1 or not exclusive & {*some})


Answer = tuple[str, tuple[str, ...]]
"""A question with the options that were chosen."""


def _some_answers(question: Question) -> list[Answer]:
    """Return each option alone, the first with each other one, and all together; or texts."""
    if question.kind == "text":
        return [(question.id, (text,)) for text in filter(None, map(one_line, HOSTILE))]
    first, *others = question.options
    sets: list[tuple[str, ...]] = [(first,), *((other,) for other in others)]
    if question.kind == "many":
        sets += [*((first, other) for other in others), tuple(question.options)]
    return [(question.id, some) for some in sets]


_ANSWERS: Final = {name: _some_answers(question) for name, question in ALL_QUESTIONS.items()}
_BASES: Final = [{}, *(parse_answers(MODEL, case.answers) for case in CASES)]


def _merged(
    base: Mapping[str, tuple[str, ...]], changes: Iterable[Answer], left_out: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    merged = {**base, **dict(changes)}
    return {name: some for name, some in merged.items() if name not in left_out}


def _answers_to(questions: Iterable[str]) -> Strategy[dict[str, tuple[str, ...]]]:
    # Few draws: drawing an answer for every question takes longer than all that is tested.
    changes = [some for name in questions for some in _ANSWERS[name]]
    left_out = st.lists(st.sampled_from(list(MODEL.questions)), max_size=9)
    return st.builds(
        _merged, st.sampled_from(_BASES), st.lists(st.sampled_from(changes), max_size=12), left_out
    )


def answers() -> Strategy[dict[str, tuple[str, ...]]]:
    """Answers to any of the packaged model's questions, in the package's own form."""
    return _answers_to(ALL_QUESTIONS)


def scored_answers() -> Strategy[dict[str, tuple[str, ...]]]:
    """Answers to any of the packaged model's scored questions, at least one."""
    return _answers_to(MODEL.questions).filter(bool)


def _small(weights: list[list[int]], caps: dict[str, int], essential: list[str]) -> Model:
    raw = small_raw()
    options = [option for question in raw["question"] for option in question["option"]]
    names = [relationship["id"] for relationship in raw["relationship"]]
    for option, row in zip(options, weights, strict=True):
        option["weights"] = dict(zip(names, row, strict=True))
    raw["estimation"].update(caps=caps, essential=essential)
    return build_model(raw)


def small_models() -> Strategy[Model]:
    """Models of the size of the small one, with any weights and caps."""
    count = sum(len(question.options) for question in SMALL.questions.values())
    weight = st.integers(min_value=-4, max_value=4)
    row = st.lists(weight, min_size=3, max_size=3)
    cap = st.integers(min_value=0, max_value=6)
    return st.builds(
        _small,
        st.lists(row, min_size=count, max_size=count),
        st.fixed_dictionaries({}, optional={"stance": cap, "things": cap, "place": cap}),
        st.lists(st.sampled_from(list(SMALL.questions)), min_size=1, unique=True),
    )


def small_answers() -> Strategy[dict[str, tuple[str, ...]]]:
    """Answers to any of the small model's scored questions, in any order."""
    parts = {
        name: st.sampled_from(list(possible_answers(q))) for name, q in SMALL.questions.items()
    }
    chosen = st.permutations(list(parts)).flatmap(
        lambda names: st.integers(min_value=0, max_value=len(names)).map(lambda n: names[:n])
    )
    return chosen.flatmap(lambda names: st.fixed_dictionaries({n: parts[n] for n in names}))


def totals() -> Strategy[tuple[int, ...]]:
    """Points for each relationship of the packaged model."""
    count = len(MODEL.relationships)
    points = st.integers(min_value=-60, max_value=60)
    return st.lists(points, min_size=count, max_size=count).map(tuple)


def json_values() -> Strategy[object]:
    """Anything that JSON can express."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=9,
    )


def _names() -> Strategy[str]:
    known = [*ALL_QUESTIONS, SCREEN_FIELD, ACTION_FIELD, LAST, RESULT, NOT_SURE]
    return st.one_of(st.sampled_from(known), st.text(max_size=9))


def stored_sessions() -> Strategy[object]:
    """Stored sessions: near enough to real ones to get far, and odd in one place or several."""
    options = sorted({option for question in ALL_QUESTIONS.values() for option in question.options})
    value = st.one_of(
        st.lists(st.sampled_from(options) | st.text(max_size=9), max_size=3),
        st.sampled_from(options),
        json_values(),
    )
    row = st.tuples(_names(), value).map(list)
    return st.fixed_dictionaries(
        {},
        optional={
            "format": st.integers() | json_values(),
            "answers": st.lists(st.one_of(row, json_values()), max_size=9) | json_values(),
            "at": _names() | json_values(),
            "last_seen": st.booleans() | json_values(),
            "finished": st.booleans() | json_values(),
        },
    )


def form_actions() -> Strategy[str]:
    """What a form may ask for, good or not."""
    plain = ["continue", "skip", "back", "finish", "more", "restart", "change:", "", "nonsense"]
    return st.one_of(st.sampled_from(plain), _names().map("change:{}".format), st.text(max_size=9))


def form_fields() -> Strategy[list[tuple[str, str]]]:
    """The fields of a form that nobody has made."""
    options = sorted({option for question in ALL_QUESTIONS.values() for option in question.options})
    value = st.one_of(st.sampled_from([*options, NOT_SURE]), typed_texts())
    return st.lists(st.tuples(_names(), value), max_size=6)


def lenses() -> Strategy[list[str]]:
    """The questions that a page may be about."""
    return st.lists(st.sampled_from([*MODEL.questions, "name", "gone"]), max_size=3)
