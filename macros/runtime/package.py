"""The package ``cxquiz`` as the browser gets it: what its one entry can come to import."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from macros.runtime.errors import RuntimeBuildError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

ENTRY: Final = "cxquiz.browser"
"""The module that the browser's worker calls."""


def package_files(root: Path) -> dict[str, bytes]:
    """Return the sources that the browser needs of the package, by their paths.

    Followed are the imports of the worker's entry, those inside functions, too. Not followed are
    those for types alone, and those in a module's ``__getattr__``: it offers what only those need
    who write or load a model, and the browser has one that is loaded.

    Args:
        root: The repository.

    Raises:
        RuntimeBuildError: A source is no Python; the message names file and line.
    """
    found: dict[str, bytes] = {}
    left = [ENTRY]
    while left:
        module = left.pop()
        path = _path_of(root, module)
        if path is None or (name := path.relative_to(root).as_posix()) in found:
            continue
        found[name] = path.read_bytes()
        try:
            tree = ast.parse(found[name])
        except SyntaxError as error:
            raise RuntimeBuildError(f"{name}, line {error.lineno}: {error.msg}.") from error
        left += [module.rpartition(".")[0], *_imports(tree)]
    return found


def module_names(files: Iterable[str]) -> list[str]:
    """Return the names of the modules that files hold, by the files' paths."""
    dotted = (name.rpartition(".")[0].replace("/", ".") for name in files)
    return sorted(name.removesuffix(".__init__") for name in dotted)


def _path_of(root: Path, module: str) -> Path | None:
    path = root / module.replace(".", "/")
    found = (path.with_suffix(".py"), path / "__init__.py")
    return next((it for it in found if module and it.is_file()), None)


def _imports(node: ast.AST) -> Iterator[str]:
    """Return all that may be a module and is imported in a part of a module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
    elif not (_is_for_types(node) or _is_on_demand(node)):
        for part in ast.iter_child_nodes(node):
            yield from _imports(part)


def _is_for_types(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def _is_on_demand(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "__getattr__"
