"""What all tests share: how hypothesis searches, the model, and the built site.

The package's own tests run inside Pyodide, too, so nothing is imported here that it lacks.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from cxquiz.authoring.model_file import load_model

if TYPE_CHECKING:
    from cxquiz.model.types import Model

# A deadline would fail a test because the machine is busy, which says nothing about the code.
settings.register_profile("repository", deadline=None)
# `make mutants` wants to know that a test fails, not the shortest input for it.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("repository")


@pytest.fixture(scope="session")
def model() -> Model:
    """The model that the site is built with."""
    return load_model()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built for a sub-path: one for all tests.

    ``SITE_UNDER_TEST`` names a folder where ``make`` has built one; else MkDocs does so.
    """
    if ready := os.environ.get("SITE_UNDER_TEST"):
        return Path(ready).resolve()
    from tests.built_site import build_site  # Pyodide has no MkDocs

    return build_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def in_material(site: Path) -> bool:
    """Whether the site is one of MkDocs with Material, and not one of Zensical."""
    return (site / "search" / "search_index.json").is_file()
