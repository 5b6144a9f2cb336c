"""Running a text of Python and importing a module, for JavaScript."""

from __future__ import annotations

from _ast import Expr, Expression
from importlib import import_module as pyimport_impl

__all__ = ["eval_code", "pyimport_impl"]

_ONLY_AST = 0x400  # ast.PyCF_ONLY_AST, without importing ast


def eval_code(
    source: str,
    globals: dict[str, object] | None = None,  # noqa: A002 - its name in Pyodide
    locals: dict[str, object] | None = None,  # noqa: A002 - as above
    **_: object,
) -> object:
    """Run a text of Python and return the value of its last expression, if that ends it.

    Args:
        source: The text.
        globals: What it sees and sets.
        locals: What it sees and sets before that.
        **_: Options of Pyodide that nothing here uses.
    """
    tree = compile(source, "<exec>", "exec", _ONLY_AST, dont_inherit=True)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], Expr) else None
    exec(compile(tree, "<exec>", "exec", dont_inherit=True), globals, locals)  # noqa: S102 - its task
    if last is None:
        return None
    expression = Expression(last.value)
    return eval(compile(expression, "<exec>", "eval"), globals, locals)  # noqa: S307 - its task
