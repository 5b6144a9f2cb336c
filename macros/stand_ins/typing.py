"""What the package imports of ``typing``; nothing in the browser looks at types."""

TYPE_CHECKING = False


class TypeVar:
    """A type that is named and no more."""

    def __init__(self, name: str, *_: object, **__: object) -> None:
        """Take what Python's own takes."""
        self.__name__ = name


class _Anything:
    """Stands wherever a type may stand."""

    def __getitem__(self, _: object) -> object:
        return self


Any = Final = Literal = Self = _Anything()


def dataclass_transform(**_: object) -> object:
    """Return a decorator that changes nothing."""
    return lambda decorated: decorated
