"""Writes the quiz into the theme, whose template puts it on every page.

``python -m macros.partials`` renders the quiz once for each question that it can begin with, before
the site is built. MkDocs and Zensical include the same files; ``theme/quiz.html`` fills their gaps:
the way to the site's root, and what the page's front matter says. So neither reads the quiz as a
part of a page's text, and the page for unknown addresses has it too.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from cxquiz.loading import ModelError
from cxquiz.model_file import load_model
from cxquiz.render.page import render_page_quiz
from macros.manifest import ROOT, RuntimeMissingError, runtime_attribute
from macros.pages import PageError, read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from cxquiz.model import Model
    from macros.pages import PageSource

GENERATED: Final = ROOT / "macros" / "theme" / "generated"
"""Where the theme finds them."""

# What `macros/theme/quiz.html` fills in.
_LENS: Final = "{{ lens }}"
_ROOT: Final = "{{ root }}"
_START: Final = "{{ start }}"
_TEMPLATE_MARK: Final = re.compile(r"\{[{%#]")


class PartialError(ValueError):
    """The quiz cannot be put on the pages; the text names the place and what to do."""


def check_lens(model: Model, page: PageSource) -> None:
    """Check the questions that a page's front matter names (``quiz: [money, buying]``).

    Raises:
        PartialError: It is no list, or it names a question that does not exist.
    """
    lens = page.quiz
    if not isinstance(lens, list) or not set(map(str, lens)) <= model.questions.keys():
        message = (
            f"docs/{page.path}: “quiz” in the front matter must be a list of question ids; "
            f"{lens!r} is not. There are: {', '.join(model.questions)}."
        )
        raise PartialError(message)


def partials(model: Model, runtime: str) -> dict[str, str]:
    """Return the quiz as templates: ``quiz.html``, and one more for each question to begin with.

    Raises:
        PartialError: The model's wording holds what a template would take for its own.
    """
    found: dict[str, str] = {}
    for first in (None, *model.questions):
        name = f"quiz-{first}.html" if first else "quiz.html"
        quiz = render_page_quiz(
            model, first=first, lens=_LENS, root=_ROOT, runtime=runtime, start=_START
        )
        rest = str(quiz)
        for gap in (_LENS, _ROOT, _START):
            rest = rest.replace(gap, "")
        if mark := _TEMPLATE_MARK.search(rest):
            message = f"The model's wording holds “{mark[0]}”, which a template reads. Take it out."
            raise PartialError(message)
        found[name] = quiz
    return found


def write_partials(pages: Iterable[PageSource], runtime: str, folder: Path) -> None:
    """Write the quiz into the theme, so that the pages can have it.

    What has not changed is not written, so that a server that watches the theme builds nothing.

    Args:
        pages: All pages; the questions that they name are checked.
        runtime: The value of the quiz element's ``runtime`` attribute.
        folder: Where to write.

    Raises:
        PartialError: A page names questions that do not exist, or the wording cannot be used.
    """
    model = load_model()
    for page in pages:
        check_lens(model, page)
    texts = partials(model, runtime)
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        if file.name not in texts:
            file.unlink()
    for name, text in texts.items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")


def main() -> int:
    """Run ``python -m macros.partials`` and return its exit code."""
    try:
        write_partials(read_pages(), runtime_attribute(), GENERATED)
    except (ModelError, PageError, PartialError, RuntimeMissingError) as error:
        print(f"The quiz was not put into the theme. {error}", file=sys.stderr)  # noqa: T201 - its answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
