"""What the pages of the playbook can ask for: ``{{ relationships_table() }}`` and others.

Pages get Markdown, so that headings, links and search work as everywhere else; only the table of
all relationships is HTML from :mod:`cxquiz.html.screens`. The quiz on each page is the theme's: see
:mod:`macros.pages.partials`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.paper import render_glance
from cxquiz.authoring.wording import PACKAGED_MODEL
from macros.pages import cards, claims, pictures, sources
from macros.pages import whole_playbook as whole
from macros.pages.documents import read_pages
from macros.pages.evaluation import FIGURES as EVALUATION
from macros.pages.evaluation import Evaluation
from macros.pages.speed import FIGURES as SPEED
from macros.pages.speed import Speed

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from macros.pages.documents import PageSource

THEME: Final = Path(__file__).parents[1] / "theme"

_FILES: Final = (PACKAGED_MODEL, claims.CLAIMS, EVALUATION, SPEED)


class MacroError(ValueError):
    """A page asks for something that does not exist; the text names the page."""


def file_of(page: Any) -> str:  # noqa: ANN401 - MkDocs and Zensical pass kinds of their own
    """Return a page's file, relative to ``docs/``."""
    return str(page.file.src_uri if hasattr(page, "file") else page.path)


def path_to_docs(page: Any) -> str:  # noqa: ANN401 - as above
    """Return the relative way from a page's file to ``docs/``, for links between files."""
    return "../" * file_of(page).count("/")


def check_lens(model: Model, page: PageSource) -> None:
    """Check the questions that a page's front matter names (``quiz: [money, buying]``).

    Raises:
        MacroError: It is no list, or it names a question that does not exist.
    """
    lens = page.quiz
    if not isinstance(lens, list) or not set(map(str, lens)) <= model.questions.keys():
        message = (
            f"docs/{page.path}: “quiz” in the front matter must be a list of question ids; "
            f"{lens!r} is not. There are: {', '.join(model.questions)}."
        )
        raise MacroError(message)


def path_to_root(page: Any) -> str:  # noqa: ANN401 - as above
    """Return the relative way from a page to the site's root, with a slash at the end.

    It is for links in HTML. MkDocs leaves those as they are; Zensical takes them for links from
    file to file, as all others.
    """
    if hasattr(page, "file"):
        return "../" * page.url.count("/") or "./"
    return path_to_docs(page) or "./"


@dataclass(frozen=True)
class Facts:
    """What the macros draw on."""

    model: Model
    evaluation: Evaluation
    speed: Speed
    claims: claims.Claims


def read_facts() -> Facts:
    """Return what the macros draw on; it is read again only where one of its files has changed."""
    return _read_facts(tuple(path.stat().st_mtime_ns for path in _FILES))


@lru_cache(maxsize=1)
def _read_facts(_modified: tuple[int, ...]) -> Facts:
    model = load_model()
    return Facts(model, Evaluation(model), Speed(), claims.load_claims(model))


class PageMacros:
    """The macros: each public method is one. They need the page that is being built."""

    def __init__(self, facts: Facts, env: Any) -> None:  # noqa: ANN401 - as above
        """Keep what the macros draw on.

        Args:
            facts: The model and the figures.
            env: The environment of the macros; its ``page`` is the page being built.
        """
        self._model = facts.model
        self._evaluation = facts.evaluation
        self._speed = facts.speed
        self._claims = facts.claims
        self._env = env

    def relationships_table(self) -> str:
        """Return the table of all relationships."""
        return render_glance(self._model, root=path_to_root(self._env.page))

    def definition(self, relationship: str) -> str:
        """Return a relationship's definition."""
        return cards.definition(self._model, relationship)

    def criteria(self, relationship: str) -> str:
        """Return how to tell a relationship, as a list."""
        return cards.criteria(self._model, relationship)

    def near_misses(self, relationship: str) -> str:
        """Return a relationship's neighbours and what tells them apart, as a table."""
        return cards.near_misses(self._model, relationship, path_to_docs(self._env.page))

    def next_steps(self, relationship: str) -> str:
        """Return what to do next, as a list."""
        return cards.next_steps(self._model, relationship)

    def sources_of(self, relationship: str) -> str:
        """Return a relationship's sources, as a list."""
        return cards.sources_of(self._model, relationship)

    def all_sources(self) -> str:
        """Return all sources, each with an anchor of its own and what it is used for."""
        docs = path_to_docs(self._env.page)
        found = sources.uses(self._model, read_pages())
        texts = {name: sources.used_for(use, docs) for name, use in found.items()}
        return cards.all_sources(self._model, texts)

    def question_sections(self) -> str:
        """Return a section for each question, with an anchor of its own."""
        return cards.question_sections(self._model, path_to_docs(self._env.page))

    def cite(self, *sources: str) -> str:
        """Return short references to sources, linked to the list of sources."""
        return cards.cite(self._model, sources, path_to_docs(self._env.page))

    def covers(self, *names: str) -> str:
        """Mark the place that covers claims of the sources or disagreements, such as ``"D4"``."""
        return claims.anchors(self._claims, names, file_of(self._env.page))

    def claims_tables(self) -> str:
        """Return all claims and disagreements, each linked to the places that cover it."""
        docs = path_to_docs(self._env.page)
        return claims.tables(self._claims, self._model, read_pages(), docs)

    def picture(self, name: str) -> str:
        """Return a picture with its caption and its description in words."""
        try:
            return pictures.figure(name)
        except pictures.PictureError as error:
            raise MacroError(f"{file_of(self._env.page)}: {error}") from error

    def whole_playbook(self) -> str:
        """Return all pages but this one, in the order of the navigation, without the quiz."""
        macros = {name: getattr(self, name) for name in _names()}
        # Claims are covered where they stand, and paper has no buttons.
        silent = ("covers", "keep_on_this_device")
        macros |= dict.fromkeys(silent, whole.silent)
        return whole.playbook(whole.navigation(), file_of(self._env.page), macros)

    def keep_on_this_device(self) -> str:
        """Return the buttons that keep the whole playbook in the reader's browser.

        They stay hidden without their script, which the page's front matter names. Where the site
        has this switched off, it says so.
        """
        words = "keep.html" if self._env.conf["extra"].get("offline") else "keep-off.html"
        return (THEME / words).read_text(encoding="utf-8").strip()

    def estimation(self, figure: str) -> str:
        """Return one figure of the estimate, so that no page repeats it by hand."""
        return cards.estimation(self._model, figure)

    def evaluation(self, name: str) -> str:
        """Return a table of the evaluation (``accuracy_table``), or one figure by its path."""
        return self._evaluation.show(name)

    def speed(self, name: str) -> str:
        """Return a table of the speed (``starts_table``), the chart, or one figure by its path."""
        return self._speed.show(name)


def _names() -> list[str]:
    """List the macros."""
    return [name for name in vars(PageMacros) if not name.startswith("_")]


def define_macros(env: Any) -> None:  # noqa: ANN401 - as above
    """Register the macros. Their names must differ from front-matter keys, which hide them.

    Raises:
        MacroError: A page names questions for the quiz that do not exist.
    """
    facts = read_facts()
    for page in read_pages():
        check_lens(facts.model, page)
    macros = PageMacros(facts, env)
    for name in _names():
        env.macro(getattr(macros, name), name)
