"""Writes the quiz into the theme, whose template puts it on every page.

``python -m macros.pages.partials`` renders the quiz once for each question that it can begin with,
before the site is built. MkDocs and Zensical include the same files; ``theme/quiz.html`` fills
their gaps: the way to the site's root, and what the page's front matter says. So neither reads the
quiz as a part of a page's text, and the page for unknown addresses has it too.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.page import render_page_quiz
from cxquiz.authoring.table import ModelError
from macros.assets.generated import GENERATED, write_generated
from macros.runtime.manifest import RuntimeMissingError, runtime_attribute

if TYPE_CHECKING:
    from pathlib import Path

    from cxquiz.model.types import Model

# What `macros/theme/quiz.html` fills in.
_LENS: Final = "{{ lens }}"
_ROOT: Final = "{{ root }}"
_START: Final = "{{ start }}"
_TEMPLATE_MARK: Final = re.compile(r"\{[{%#]")


class PartialError(ValueError):
    """The quiz cannot be put on the pages; the text says what to do."""


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
            raise PartialError(
                f"The model's wording holds “{mark[0]}”, which a template reads. Take it out."
            )
        found[name] = quiz
    return found


def write_partials(runtime: str, folder: Path) -> None:
    """Write the quiz into the theme, so that the pages can have it.

    Args:
        runtime: The value of the quiz element's ``runtime`` attribute.
        folder: Where to write.

    Raises:
        PartialError: The model's wording holds what a template would take for its own.
    """
    texts = partials(load_model(), runtime)
    write_generated(texts, folder)
    for file in folder.glob("quiz*.html"):
        if file.name not in texts:
            file.unlink()


def main() -> int:
    """Run ``python -m macros.pages.partials`` and return its exit code."""
    try:
        write_partials(runtime_attribute(), GENERATED)
    except (ModelError, PartialError, RuntimeMissingError) as error:
        print(f"The quiz was not put into the theme. {error}", file=sys.stderr)  # noqa: T201 - its answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
