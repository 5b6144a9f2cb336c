"""What makes the playbook's pages: ``mkdocs.yml`` names this module for their macros."""

from typing import Any


def define_env(env: Any) -> None:  # noqa: ANN401 - MkDocs and Zensical pass kinds of their own
    """Register the macros.

    Zensical executes this file anew for each page, so what is costly stands in a module of its own,
    which Python keeps. The steps before and after a build do without it.
    """
    from macros.pages.macros import define_macros

    define_macros(env)
