"""The site's search, as a reader uses it: Material's, and Zensical's, which is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


class Search:
    """The search on the page that is open.

    Attributes:
        results: The links that it shows, the best first.
    """

    def __init__(self, page: Page, *, in_material: bool) -> None:
        """Find it, and open it where a reader must."""
        if in_material:
            self._field = page.get_by_role("textbox", name="Search")
            self.results = page.locator(".md-search-result__item > .md-search-result__link")
        else:
            page.locator(".md-search__button").click()
            self._field = page.get_by_role("combobox", name="Search")
            self.results = page.get_by_role("listbox", name="Search results").get_by_role("option")

    def type(self, words: str) -> None:
        """Put words into the field."""
        self._field.fill(words)
        self._field.press("End")  # Material listens to keys

    def pages(self, words: str) -> list[str]:
        """Return the addresses of the pages that are found, the best first."""
        self.type("")
        expect(self.results).to_have_count(0)
        self.type(words)
        expect(self.results.first).to_be_attached()
        links = self.results.evaluate_all("found => found.map((link) => link.href)")
        # Zensical shows each section that it finds, and Material each page.
        return list(dict.fromkeys(str(link).partition("#")[0] for link in links))
