"""What the sources claim, where they disagree, and which pages cover it.

``docs/reference/claims.toml`` lists claims and disagreements. A page marks the place that covers
some of them by ``{{ covers("D4", "X2") }}``; the tables of the page on claims are made of both.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from macros.pages.documents import DOCS, PageSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cxquiz.model.types import Model

CLAIMS: Final = DOCS / "reference" / "claims.toml"
"""Where the claims are."""

_FILE: Final = "docs/reference/claims.toml"


_Entry = TypeVar("_Entry", "Claim", "Disagreement", "Side")
_Listed = TypeVar("_Listed", "Claim", "Disagreement")


class ClaimsError(ValueError):
    """The file of claims is wrong, or a page names a claim wrongly; the text says where."""


@dataclass(frozen=True)
class Claim:
    """One thing that a source says, in our words."""

    id: str
    source: str
    text: str


@dataclass(frozen=True)
class Side:
    """One side of a disagreement: what it holds, and the claims and other sources behind it."""

    text: str
    claims: Sequence[str] = ()
    sources: Sequence[str] = ()


@dataclass(frozen=True)
class Disagreement:
    """Two views that contradict each other, and what the quiz does about it."""

    id: str
    one: Side
    other: Side
    quiz: str


@dataclass(frozen=True)
class Claims:
    """All claims and all disagreements, by id, in the order of the file."""

    claims: Mapping[str, Claim]
    disagreements: Mapping[str, Disagreement]

    @property
    def ids(self) -> list[str]:
        """All ids that a page may cover."""
        return [*self.claims, *self.disagreements]


def load_claims(model: Model, path: Path = CLAIMS) -> Claims:
    """Return what the file lists.

    Raises:
        ClaimsError: It is no TOML, an entry is not complete, or it names what does not exist.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ClaimsError(f"{_FILE}: {error}. Correct the TOML there.") from error
    claims = _by_id([_entry(Claim, item) for item in content.get("claim", [])])
    disagreements = _by_id([_disagreement(item) for item in content.get("disagreement", [])])
    if shared := claims.keys() & disagreements.keys():
        raise ClaimsError(f"{_FILE}: “{min(shared)}” is a claim and a disagreement. Rename one.")
    sides = [(item.id, side) for item in disagreements.values() for side in (item.one, item.other)]
    _refuse_unknown("source", model.sources, [(item.id, item.source) for item in claims.values()])
    _refuse_unknown(
        "source", model.sources, [(at, name) for at, it in sides for name in it.sources]
    )
    _refuse_unknown("claim", claims, [(at, name) for at, it in sides for name in it.claims])
    return Claims(claims, disagreements)


def _entry(kind: type[_Entry], item: Mapping[str, Any]) -> _Entry:
    try:
        return kind(**item)
    except TypeError as error:
        reason = str(error).removeprefix(f"{kind.__name__}.__init__() ")
        raise ClaimsError(
            f"{_FILE}, “{item.get('id', item)}”: {reason}. Correct that entry."
        ) from error


def _disagreement(item: Mapping[str, Any]) -> Disagreement:
    sides = {name: _entry(Side, item[name]) for name in ("one", "other") if name in item}
    return _entry(Disagreement, {**item, **sides})


def _by_id(items: Iterable[_Listed]) -> dict[str, _Listed]:
    found: dict[str, _Listed] = {}
    for item in items:
        if item.id in found:
            raise ClaimsError(f"{_FILE}: “{item.id}” is there twice. Give one of them another id.")
        found[item.id] = item
    return found


def _refuse_unknown(
    kind: str, known: Mapping[str, object], named: Iterable[tuple[str, str]]
) -> None:
    for at, name in named:
        if name not in known:
            raise ClaimsError(f"{_FILE}, “{at}”: there is no {kind} “{name}”. Correct the name.")


def places(claims: Claims, pages: Iterable[PageSource]) -> dict[str, list[PageSource]]:
    """Return the pages that cover each claim and each disagreement, by id.

    Raises:
        ClaimsError: A page names an id that does not exist, or one twice.
    """
    found: dict[str, list[PageSource]] = {name: [] for name in claims.ids}
    for page in pages:
        for call in page.calls_of("covers"):
            where = f"docs/{page.path}, line {call.line}"
            for name in _known(claims, call.arguments, where):
                if page in found[name]:
                    message = (
                        f"{where}: covers(…) names “{name}” a second time on this page. "
                        "Keep it where it is said best."
                    )
                    raise ClaimsError(message)
                found[name].append(page)
    return found


def anchors(claims: Claims, names: Iterable[str], page: str) -> str:
    """Return the invisible marks that a table can link to.

    Raises:
        ClaimsError: The page names an id that does not exist.
    """
    known = _known(claims, names, f"docs/{page}")
    return "".join(f'<span id="{anchor(name)}"></span>' for name in known)


def _known(claims: Claims, names: Iterable[str], where: str) -> Iterator[str]:
    for name in names:
        if name not in claims.ids:
            message = (
                f"{where}: covers(…) names “{name}”, which {_FILE} does not list. "
                "Correct it, or add it there."
            )
            raise ClaimsError(message)
        yield name


def anchor(name: str) -> str:
    """Return the id of the mark of a claim or a disagreement."""
    return f"claim-{name.lower()}"


def tables(claims: Claims, model: Model, pages: Sequence[PageSource], docs: str) -> str:
    """Return a section for each source with its claims, and one for the disagreements.

    Args:
        claims: What is covered.
        model: The model, for the names of the sources.
        pages: All pages.
        docs: The way from the page that shows the tables to ``docs/``.
    """
    where = {
        name: "; ".join(f"[{page.title}]({docs}{page.path}#{anchor(name)})" for page in found)
        for name, found in places(claims, pages).items()
    }
    sections: list[str] = []
    for source in dict.fromkeys(claim.source for claim in claims.claims.values()):
        rows = [
            f"| **{claim.id}** {claim.text} | {where[claim.id]} |"
            for claim in claims.claims.values()
            if claim.source == source
        ]
        sections += [
            f"## {model.sources[source].short}",
            _reference(model, source, docs),
            "\n".join(["| What it says | Where we cover it |", "|---|---|", *rows]),
        ]
    rows = [
        f"| **{item.id}** {_side(item.one, model, docs)}<br>**Or:** "
        f"{_side(item.other, model, docs)} | {item.quiz}<br>{where[item.id]} |"
        for item in claims.disagreements.values()
    ]
    head = ["| The two views | What the quiz does, and where we cover it |", "|---|---|"]
    return "\n\n".join([*sections, "## Where they disagree", "\n".join([*head, *rows])])


def _reference(model: Model, name: str, docs: str) -> str:
    source = model.sources[name]
    return f"{source.author}: [*{source.title}*]({docs}reference/sources.md#{name})."


def _side(side: Side, model: Model, docs: str) -> str:
    behind = [
        *side.claims,
        *(f"[{model.sources[it].short}]({docs}reference/sources.md#{it})" for it in side.sources),
    ]
    return f"{side.text} ({', '.join(behind)})" if behind else side.text
