"""Pieces of the model as Markdown for the pages."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from macros.pages.documents import link_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cxquiz.model.types import Model, Question, Relationship, Source

# An answer that moves a relationship by less tells little by itself.
_TELLING = 2

_READ = {
    "read": "read",
    "second_hand": "second-hand",
    "general_knowledge": "from general knowledge",
}


class UnknownNameError(ValueError):
    """A page names something that the model does not have."""


def _relationship(model: Model, name: str) -> Relationship:
    if name not in model.relationships:
        raise UnknownNameError(
            f"There is no relationship “{name}”. There are: {', '.join(model.relationships)}."
        )
    return model.relationships[name]


def _source(model: Model, name: str) -> Source:
    if name not in model.sources:
        raise UnknownNameError(
            f"There is no source “{name}”. There are: {', '.join(model.sources)}."
        )
    return model.sources[name]


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def definition(model: Model, name: str) -> str:
    """Return a relationship in one sentence, its definition, and its caution if it has one."""
    relationship = _relationship(model, name)
    text = f"**{relationship.short}**\n\n{relationship.definition}"
    if not relationship.caution:
        return text
    return f'{text}\n\n!!! warning "Take care"\n    {relationship.caution}'


def criteria(model: Model, name: str) -> str:
    """Return how to tell a relationship."""
    return _list(_relationship(model, name).criteria)


def near_misses(model: Model, name: str, docs: str) -> str:
    """Return a relationship's neighbours as a table, each linked to its page's file."""
    rows = [
        f"| {near.text} | [{other.name}]({link_to(other.page, docs)}) |"
        for near in _relationship(model, name).near_misses
        for other in [model.relationships[near.relationship]]
    ]
    return "\n".join(["| If … | then it is rather |", "|---|---|", *rows])


def next_steps(model: Model, name: str) -> str:
    """Return what to do next, with the question for the other party at the end."""
    relationship = _relationship(model, name)
    return _list([*relationship.next_steps, relationship.ask_them])


def _reference(source: Source) -> str:
    return (
        f"{source.author}: *{source.title}*, {source.year}. {source.place} ({_READ[source.read]})."
    )


def sources_of(model: Model, name: str) -> str:
    """Return a relationship's sources."""
    return _list(_reference(model.sources[key]) for key in _relationship(model, name).sources)


def all_sources(model: Model, used_for: Mapping[str, Sequence[str]] = MappingProxyType({})) -> str:
    """Return all sources, each with its id as an anchor and, where given, what it is used for."""
    # Two spaces end a line, and an attribute list at the end of a list item names the item.
    return "\n".join(
        "  \n    ".join([f"- {_reference(source)}", *used_for.get(source.id, ())])
        + f"\n    {{: #{source.id} }}"
        for source in model.sources.values()
    )


def cite(model: Model, names: Iterable[str], docs: str) -> str:
    """Return short references to sources in brackets, linked to the list of sources."""
    sources = [_source(model, name) for name in names]
    links = [f"[{source.short}]({docs}reference/sources.md#{source.id})" for source in sources]
    return f"({'; '.join(links)})"


def question_sections(model: Model, docs: str) -> str:
    """Return a section for each question: why it is asked, what each answer speaks for."""
    return "\n\n".join(
        _question_section(model, question, docs) for question in model.questions.values()
    )


def _question_section(model: Model, question: Question, docs: str) -> str:
    rows = [
        f"| {option.text} | {speaks_for} | {against} |"
        for option in question.options.values()
        for speaks_for, against in [[_leaning(model, option.weights, sign) for sign in (1, -1)]]
    ]
    notes = [
        f"**{option.text}.** {option.weights_note}"
        for option in question.options.values()
        if option.weights_note
    ]
    return "\n\n".join(
        [
            f"## {question.short} {{ #{question.id} }}",
            f"*{question.text}*",
            f"{question.hint} {cite(model, question.sources, docs)}",
            "\n".join(
                ["| If you answer … | it speaks for | and against |", "|---|---|---|", *rows]
            ),
            *notes,
        ]
    )


def _leaning(model: Model, weights: Sequence[int], sign: int) -> str:
    """Return the relationships that an answer speaks for (or against), the strongest first."""
    names = [relationship.name for relationship in model.relationships.values()]
    found = [
        (sign * weight, name)
        for weight, name in zip(weights, names, strict=True)
        if sign * weight >= _TELLING
    ]
    found.sort(key=lambda item: -item[0])
    mark = "+" if sign > 0 else "\N{MINUS SIGN}"
    return "; ".join(f"{name} ({mark}{weight})" for weight, name in found) or "nobody clearly"


def estimation(model: Model, figure: str) -> str:
    """Return one figure of the estimate.

    Raises:
        UnknownNameError: There is no such figure.
    """
    limits = model.estimation
    figures = {
        "minimum_answers": limits.minimum_answers,
        "clear_share_percent": limits.clear_share // 10,
        "leaning_share_percent": limits.leaning_share // 10,
        "two_readings_share_percent": limits.two_readings_share // 10,
        "holds_points": limits.holds_points,
        "holds_within": limits.holds_within,
        "k": "/".join(map(str, limits.k)),
        "family_cap": max(limits.caps.values(), default=0),
        "patience": model.asking.patience,
    }
    if figure not in figures:
        raise UnknownNameError(f"There is no figure “{figure}”. There are: {', '.join(figures)}.")
    return str(figures[figure])
