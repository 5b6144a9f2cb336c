"""What the pages of the playbook can ask for: ``{{ relationship_quiz() }}`` and others.

mkdocs-macros calls :func:`define_env` when the site is built; Zensical does the same. Pages
get Markdown, so that headings, links and search work as everywhere else; only the quiz and
the table of all relationships are HTML from :mod:`cxquiz.render`.
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from cxquiz.model_file import load_model
from cxquiz.render.page import render_page_quiz
from cxquiz.render.paper import render_glance
from macros import cards, claims, pictures, sources, whole
from macros.evaluation import Evaluation
from macros.manifest import runtime_attribute
from macros.pages import read_pages
from macros.speed import Speed

if TYPE_CHECKING:
    from cxquiz.model import Model


QUIZ_PLACE: Final = '<div id="cx-title"></div>'
"""Where the quiz comes in a page that MkDocs builds; links to its heading find it there."""

# The same as a paragraph, which Markdown reads quicker than HTML: how it is written, and how it
# comes out.
_PARAGRAPH: Final = (
    'quiz\n{: #cx-title data-search-exclude="" }',
    '<p data-search-exclude="" id="cx-title">quiz</p>',
)

# Pages at every depth have the same quiz, but for the way to the root: it is rendered once.
_SOME_ROOT: Final = "way-to-the-root/"
_QUIZ_CALL: Final = "{{ relationship_quiz() }}"
_TEMPLATE_MARKS: Final = ("{{", "{%", "{#")
THEME: Final = Path(__file__).parent / "theme"


class MacroError(ValueError):
    """A page asks for something that does not exist; the text names the page."""


def path_to_root(page_url: str) -> str:
    """Return the relative way from a page to the site's root, with a slash at the end."""
    return "../" * page_url.count("/") or "./"


def file_of(page: Any) -> str:  # noqa: ANN401 - MkDocs and Zensical pass kinds of their own
    """Return a page's file, relative to ``docs/``."""
    return str(page.file.src_uri if hasattr(page, "file") else page.path)


def path_to_docs(page: Any) -> str:  # noqa: ANN401 - as above
    """Return the relative way from a page's file to ``docs/``, for links between files."""
    return "../" * file_of(page).count("/")


def lens_of(model: Model, meta: dict[str, Any], page_url: str) -> tuple[str, ...]:
    """Return the questions that a page's front matter names (``quiz: [money, buying]``).

    Raises:
        MacroError: It is no list, or it names a question that does not exist.
    """
    lens = meta.get("quiz", [])
    if not isinstance(lens, list) or not set(map(str, lens)) <= model.questions.keys():
        message = (
            f"{page_url or 'the start page'}: “quiz” in the front matter must be a list of "
            f"question ids; {lens!r} is not. There are: {', '.join(model.questions)}."
        )
        raise MacroError(message)
    return tuple(lens)


class _Html(str):
    """HTML that does not stand in logs at its whole length."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<HTML of {len(self)} characters>"


class PageMacros:
    """The macros: each public method is one. They need the page that is being built."""

    def __init__(self, model: Model, env: Any, runtime: str) -> None:  # noqa: ANN401 - as above
        """Keep what the macros draw on.

        Args:
            model: The model.
            env: The environment of mkdocs-macros; its ``page`` is the page being built.
            runtime: The value of the quiz element's ``runtime`` attribute.
        """
        self._model = model
        self._env = env
        self._runtime = runtime
        self._evaluation = Evaluation(model)
        self._speed = Speed()
        self._claims = claims.load_claims(model)
        self._quizzes: dict[tuple[tuple[str, ...], bool], str] = {}

    @property
    def _root(self) -> str:
        return path_to_root(self._env.page.url)

    def relationship_quiz(self, *, idle: bool = False) -> str:
        """Return the quiz, with the questions first that the page's front matter names.

        Markdown and the search would read it tag by tag, which took a third of the time that a
        page needs. So MkDocs gets a place for it, and ``theme/main.html`` fills that.

        Args:
            idle: Whether it may start Python as soon as the page is idle: on a page that
                readers open to answer.
        """
        page = self._env.page
        key = lens_of(self._model, page.meta, page.url), idle
        if key not in self._quizzes:
            self._quizzes[key] = render_page_quiz(
                self._model, lens=key[0], root=_SOME_ROOT, runtime=self._runtime, idle=idle
            )
        quiz = self._quizzes[key].replace(_SOME_ROOT, self._root)
        if not hasattr(page, "file"):  # Zensical's templates do not get what a macro gives a page
            return quiz
        page.meta |= {"quiz_place": QUIZ_PLACE, "quiz_html": _Html(quiz)}
        return QUIZ_PLACE

    def relationships_table(self) -> str:
        """Return the table of all relationships."""
        return render_glance(self._model, root=self._root)

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
            message = f"{file_of(self._env.page)}: {error}"
            raise MacroError(message) from error

    def whole_playbook(self) -> str:
        """Return all pages but this one, in the order of the navigation, without the quiz."""
        macros = {name: getattr(self, name) for name in _names()}
        # One quiz is enough for a page, claims are covered where they stand, and paper has no
        # buttons.
        silent = ("relationship_quiz", "covers", "keep_on_this_device")
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


def define_env(env: Any) -> None:  # noqa: ANN401 - as above
    """Register the macros. Their names must differ from front-matter keys, which hide them."""
    model = load_model()
    runtime = runtime_attribute()
    macros = PageMacros(model, env, runtime)
    for name in _names():
        env.macro(getattr(macros, name), name)

    # The page for addresses that do not exist is a template without macros. It can be shown at
    # any depth, so it needs the site's path.
    site_path = urlsplit(str(env.conf.get("site_url") or "/")).path.rstrip("/") + "/"
    extra = env.conf.get("extra") or {}
    extra["not_found_quiz"] = render_page_quiz(model, root=site_path, runtime=runtime)
    env.conf["extra"] = extra
    if not gc.get_freeze_count():
        # What is here now stays to the end: no need to look through it again for each page.
        gc.freeze()


def on_pre_page_macros(env: Any) -> None:  # noqa: ANN401 - as above
    """Put the quiz into a page that asks for nothing else, without making a template of it.

    mkdocs-macros calls this before it fills in a page. Compiling the page as a template takes
    longer than all else that the quiz adds to a build.
    """
    before, call, after = env.markdown.partition(_QUIZ_CALL)
    rest = f"{before}{after}{env.page.title}"
    if call and not any(mark in rest for mark in _TEMPLATE_MARKS):
        place = env.macros["relationship_quiz"]()
        is_alone = f"\n\n{before}".endswith("\n\n") and f"{after}\n\n".startswith("\n\n")
        if is_alone and "attr_list" in (env.conf.get("markdown_extensions") or ()):
            place, env.page.meta["quiz_place"] = _PARAGRAPH
        env.markdown = before + place + after
        env.page.meta["render_macros"] = False  # the page has no macro left


def on_post_build(env: Any) -> None:  # noqa: ANN401 - as above
    """Make the built site ready to be published. MkDocs alone has this; see `macros.release`."""
    # Python warns of a module that is here before it is run, as the Makefile runs it.
    from macros.release import finish  # noqa: PLC0415

    finish(Path(env.conf["site_dir"]), offline=bool(env.conf["extra"].get("offline")))
