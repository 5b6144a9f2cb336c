"""No docstrings for what JavaScript's objects offer in Python."""


def get_cmeth_docstring(_function: object) -> str:
    """Return no docstring."""
    return ""
