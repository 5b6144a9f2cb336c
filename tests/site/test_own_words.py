"""What we say, we say in our own words.

No six words in a row are shared with a source, except in a quotation whose source is named in
the same paragraph. The sources' texts are not part of this repository.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

import pytest

from macros.pages.claims import CLAIMS
from macros.runtime.manifest import ROOT
from tests.site.built import DOCUMENTS
from tests.site.own_words import Run, repeated, runs, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.model.types import Model
    from tests.site.built import Block, Site

SOURCE_TEXTS: Final = ROOT.parent / "shared" / "seeds"
FILES: Final = [ROOT / "cxquiz" / "model.toml", CLAIMS]


@pytest.fixture(scope="session")
def source_runs(model: Model) -> frozenset[Run]:
    """The runs of words of all sources. Their titles are names and may be said."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SOURCE_TEXTS.glob("*.txt"))]
    if not texts:
        pytest.skip(f"the sources' texts are not here: there is no {SOURCE_TEXTS}")
    titles = {run for source in model.sources.values() for run in runs(source.title)}
    return frozenset(run for text in texts for run in runs(text)) - titles


def own(block: Block) -> list[str]:
    """Return what of a paragraph is not quoted from a named source."""
    return unquoted(block.text) if block.cited else [block.text]


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever TOML may hold
    """Return all texts in a piece of TOML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def refuse(where: str, found: list[str]) -> None:
    """Fail where words of a source were found, and say which."""
    assert found == [], f"{where} repeats a source; say it anew, or quote it: {'; '.join(found)}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_is_in_our_own_words(built: Site, source_runs: frozenset[Run], name: str) -> None:
    """Quotations are short, marked and attributed; all else is ours."""
    pieces = [piece for block in built.page(name).blocks for piece in own(block)]
    refuse(f"docs/{name}", repeated(pieces, source_runs))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_texts_is_in_our_own_words(path: Any, source_runs: frozenset[Run]) -> None:  # noqa: ANN401
    """The quiz shows them, and so does the page on claims."""
    texts = strings(tomllib.loads(path.read_text(encoding="utf-8")))
    refuse(path.relative_to(ROOT).as_posix(), repeated(texts, source_runs))


SAID = "a b c d e f"


@pytest.mark.parametrize("text", ["x a b c d e f y", "A, b: c (d) e. F", "x “a b c d e f” y"])
def test_six_words_in_a_row_are_found(text: str) -> None:
    """Whatever marks stand between them."""
    assert repeated([text], frozenset(runs(SAID))) == [SAID]


def test_five_words_in_a_row_are_anybodys() -> None:
    """Facts and terms cannot always be said in other words."""
    assert repeated(["a b c d e x f"], frozenset(runs(SAID))) == []


def test_quotations_are_left_out() -> None:
    """And the words before and after one are not read as one run."""
    assert unquoted("x “a b c d e f” y") == ["x ", " y"]
