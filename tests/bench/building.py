"""The time of the processor that a page takes to build, with the quiz and in plain Material."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.utils.yaml import yaml_load

from macros.pages.documents import DOCS
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES: Final = (100, 500)
"""How many pages are built."""

_FOLDER: Final = 25
"""Pages that stand in one folder, and so in one part of the navigation."""

_OURS: Final = ("exclude_docs",)
"""What the configuration has for the quiz alone, beside the macros and the theme's folder."""

_MACRO: Final = re.compile(r"\{\{.*?\}\}")
_LINK: Final = re.compile(r"\]\((?!https?:)[^)]*\)")


def measure_builds(rounds: int, say: Callable[[str], None]) -> list[dict[str, Any]]:
    """Return the figures for each number of pages.

    Args:
        rounds: How often, the two kinds in turns.
        say: Hears what is going on.
    """
    figures = []
    for pages in PAGES:
        found: dict[str, list[float]] = {"plain": [], "quiz": []}
        with tempfile.TemporaryDirectory() as folder:
            projects = {kind: Path(folder, kind) for kind in found}
            for kind, project in projects.items():
                _write_project(project, pages, with_quiz=kind == "quiz")
            for _ in range(rounds):
                for kind, project in projects.items():
                    found[kind].append(_build(project, with_quiz=kind == "quiz"))
                    say(f"{pages} pages, {kind}: {found[kind][-1]:.1f} s")
        # A busy machine only ever adds to a processor's time: the least is nearest to the truth.
        plain, quiz = (min(found[kind]) for kind in ("plain", "quiz"))
        figures.append(
            {
                "pages": pages,
                "plain_ms": round(1000 * plain / pages, 1),
                "quiz_ms": round(1000 * quiz / pages, 1),
                "ratio": round(quiz / plain, 3),
            }
        )
    return figures


def _write_project(folder: Path, pages: int, *, with_quiz: bool) -> None:
    """Write a project of so many pages, each with the text of one of the playbook's."""
    texts = [_plain(path.read_text("utf-8")) for path in sorted(DOCS.rglob("*.md"))]
    for number in range(pages):
        path = folder / "docs" / f"part-{number // _FOLDER:02}" / f"page-{number:03}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[number % len(texts)], "utf-8")
    if with_quiz:
        shutil.copytree(DOCS / "assets", folder / "docs" / "assets")
        (folder / "macros").symlink_to(ROOT / "macros")
    config = _config(with_quiz=with_quiz)
    (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")  # JSON is YAML, too


def _plain(text: str) -> str:
    """Return a page that any MkDocs can build: without macros, its links leading nowhere."""
    return _LINK.sub("](#)", _MACRO.sub("", text))


def _config(*, with_quiz: bool) -> dict[str, Any]:
    """Return the site's configuration; without the quiz, what is left is Material's own."""
    config = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    for name in ("nav", "validation", "site_url", "site_dir"):
        config.pop(name, None)
    theme: dict[str, Any] = config["theme"]
    if with_quiz:
        theme["custom_dir"] = str(ROOT / theme["custom_dir"])
        return config
    del theme["custom_dir"]
    config["plugins"] = [it for it in config["plugins"] if "macros" not in it]
    return {name: value for name, value in config.items() if name not in _OURS}


def _build(project: Path, *, with_quiz: bool) -> float:
    """Build a project and return the seconds that processors worked for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    steps: list[tuple[str, ...]] = [("mkdocs", "build", "--quiet")]
    if with_quiz:
        steps = [("macros.assets",), *steps, ("macros.release", "site")]
    for step in steps:
        subprocess.run(
            [sys.executable, "-m", *step],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
            check=True,
        )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
