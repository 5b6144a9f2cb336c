"""Pieces of the model as Markdown for the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.model import Model, Relationship, Source

_READ = {
    "read": "read",
    "second_hand": "second-hand",
    "general_knowledge": "from general knowledge",
}


class UnknownNameError(ValueError):
    """A page names something that the model does not have."""


def _relationship(model: Model, name: str) -> Relationship:
    if name not in model.relationships:
        message = f"There is no relationship “{name}”. There are: {', '.join(model.relationships)}."
        raise UnknownNameError(message)
    return model.relationships[name]


def _source(model: Model, name: str) -> Source:
    if name not in model.sources:
        message = f"There is no source “{name}”. There are: {', '.join(model.sources)}."
        raise UnknownNameError(message)
    return model.sources[name]


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def definition(model: Model, name: str) -> str:
    """Return a relationship's definition, and its caution where it has one."""
    relationship = _relationship(model, name)
    if not relationship.caution:
        return relationship.definition
    return f'{relationship.definition}\n\n!!! warning "Take care"\n    {relationship.caution}'


def criteria(model: Model, name: str) -> str:
    """Return how to tell a relationship."""
    return _list(_relationship(model, name).criteria)


def near_misses(model: Model, name: str, docs: str) -> str:
    """Return a relationship's neighbours as a table, each linked to its page's file."""
    rows = [
        f"| {near.text} | [{other.name}]({docs}{other.page.rstrip('/')}.md) |"
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


def all_sources(model: Model) -> str:
    """Return all sources, each with its id as an anchor."""
    # An attribute list at the end of a list item names the item.
    return "\n".join(
        f"- {_reference(source)}\n    {{: #{source.id} }}" for source in model.sources.values()
    )


def cite(model: Model, names: Iterable[str], docs: str) -> str:
    """Return short references to sources in brackets, linked to the list of sources."""
    sources = [_source(model, name) for name in names]
    links = [f"[{source.short}]({docs}reference/sources.md#{source.id})" for source in sources]
    return f"({'; '.join(links)})"


def questions_list(model: Model) -> str:
    """Return all questions with their ids and options."""
    blocks = [
        f"**{question.text}** `{question.id}`\n\n"
        + _list(f"{option.text} `{option.id}`" for option in question.options.values())
        for question in model.questions.values()
    ]
    return "\n\n".join(blocks)


def estimation(model: Model, figure: str) -> str:
    """Return one figure of the estimate.

    Raises:
        UnknownNameError: There is no such figure.
    """
    limits = model.estimation
    figures = {
        "two_readings_within": limits.two_readings_within,
        "minimum_answers": limits.minimum_answers,
        "clear_share_percent": limits.clear_share // 10,
        "holds_points": limits.holds_points,
        "holds_within": limits.holds_within,
        "k": f"{limits.k_numerator}/{limits.k_denominator}",
        "stance_cap": limits.caps.get("stance", 0),
    }
    if figure not in figures:
        message = f"There is no figure “{figure}”. There are: {', '.join(figures)}."
        raise UnknownNameError(message)
    return str(figures[figure])
