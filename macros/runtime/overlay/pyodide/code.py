"""Running a text of Python, under the name by which Pyodide's script knows it."""

from _pyodide._base import eval_code

__all__ = ["eval_code"]
