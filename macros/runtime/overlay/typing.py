"""What the package imports of ``typing``; nothing in the browser looks at types."""

from __future__ import annotations

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


Any = Final = Literal = Never = Self = TypeAlias = _Anything()


def dataclass_transform(**_: object) -> object:
    """Return a decorator that changes nothing."""
    return lambda decorated: decorated


class _Named(type):
    """Makes a named tuple of each class below :class:`NamedTuple`."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, object]) -> type:
        """Return the class, with what its body has beside the fields."""
        if not bases:
            return super().__new__(cls, name, bases, body)
        from collections import namedtuple  # the first result needs none

        fields = list(body["__annotations__"])  # type: ignore[call-overload]
        defaults = [body[field] for field in fields if field in body]
        found = namedtuple(name, fields, defaults=defaults)  # type: ignore[misc]  # noqa: PYI024 - this is the other one
        for key in body.keys() - set(fields) - {"__annotations__", "__classcell__"}:
            setattr(found, key, body[key])
        return found


class NamedTuple(metaclass=_Named):
    """What named tuples name as their base."""
