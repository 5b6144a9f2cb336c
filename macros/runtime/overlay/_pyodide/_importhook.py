"""No module of JavaScript can be imported, and a missing module needs no advice."""


def register_js_finder() -> None:
    """Leave Python's search for modules as it is."""


def register_js_module(_name: str, _module: object) -> None:
    """Leave a module of JavaScript out."""


def register_windows_finder() -> None:
    """Leave Python's search for modules as it is."""


def register_module_not_found_hook(*_: object) -> None:
    """Leave the words of a missing module as they are."""


def add_note_to_module_not_found_error(_error: ModuleNotFoundError) -> None:
    """Leave the words of a missing module as they are."""
