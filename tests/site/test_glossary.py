"""The glossary explains the words that the playbook uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.glossary import Entry, entries

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from tests.site.built import Site


@pytest.fixture(scope="session")
def glossary(built: Site) -> list[Entry]:
    """All entries, in order."""
    return list(entries(built))


def test_terms_stand_in_the_order_of_the_alphabet(glossary: list[Entry]) -> None:
    """Who looks for a word knows where it must be."""
    terms = [entry.term for entry in glossary]
    assert terms == sorted(terms, key=str.casefold)


def test_every_entry_leads_to_a_page_that_says_more(glossary: list[Entry]) -> None:
    """A definition is where reading begins."""
    assert [entry.term for entry in glossary if not entry.leads_to] == []


def test_an_entry_is_short(glossary: list[Entry]) -> None:
    """The pages explain; the glossary reminds."""
    assert [entry.term for entry in glossary if len(entry.text.split()) > 60] == []


def test_the_names_that_the_quiz_uses_are_explained(glossary: list[Entry], model: Model) -> None:
    """Readers of a result look up what it calls things."""
    terms = {entry.term for entry in glossary}
    names = [
        *(relationship.name for relationship in model.relationships.values()),
        *(verdict.name for verdict in model.verdicts.values()),
    ]
    assert [name for name in names if name not in terms] == []
