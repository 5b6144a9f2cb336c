"""Dataclasses without code that is written and compiled anew at each start.

Python's own module writes the text of four methods for each class and compiles it: with twenty
classes, half of the time that importing the package takes. Here, methods are shared. They do
what the package uses: classes without a base, with defaults, compared by value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class FrozenInstanceError(AttributeError):
    """A value is to be changed or taken away."""


class _Factory:
    """A default that is made anew for each instance."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Any]) -> Any:  # noqa: ANN401 - stands for any default
    """Return what stands for a default that is made anew for each instance."""
    return _Factory(default_factory)


@dataclass_transform(field_specifiers=(field,))
def dataclass(*, frozen: bool = False, slots: bool = False) -> Callable[[type[_T]], type[_T]]:
    """Return a decorator that gives a class its methods; see Python's own module.

    Args:
        frozen: Whether its values stay as they are; only then can it be hashed.
        slots: Saves memory in Python's own module; of no use here, where objects are few.
    """
    del slots
    return lambda cls: _equip(cls, frozen=frozen)


def replace(instance: _T, /, **changes: object) -> _T:
    """Return a copy with other values."""
    return type(instance)(**{**vars(instance), **changes})


def _equip(cls: type[_T], *, frozen: bool) -> type[_T]:
    names = tuple(vars(cls).get("__annotations__", ()))
    defaults = {name: vars(cls)[name] for name in names if name in vars(cls)}
    known = frozenset(names)

    def initialise(self: object, *given: object, **named: object) -> None:
        values = {**dict(zip(names, given)), **named}  # noqa: B905 - the number is checked below
        for name, default in defaults.items():
            if name not in values:
                values[name] = default.make() if isinstance(default, _Factory) else default
        if len(given) + len(named) > len(names) or values.keys() != known:
            raise TypeError(f"{cls.__name__} takes {', '.join(names)}, each once")
        vars(self).update(values)

    methods: dict[str, object] = {
        "__init__": initialise,
        "__eq__": _equals,
        "__hash__": _hash if frozen else None,
        "__repr__": _repr,
        "__replace__": replace,
        "__match_args__": names,
    }
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def _equals(self: object, other: object) -> object:
    if type(self) is not type(other):
        return NotImplemented
    return vars(self) == vars(other)


def _hash(self: Any) -> int:  # noqa: ANN401 - whatever the class
    return hash(tuple(map(vars(self).get, self.__match_args__)))


def _repr(self: Any) -> str:  # noqa: ANN401 - as above
    values = ", ".join(f"{name}={vars(self)[name]!r}" for name in self.__match_args__)
    return f"{type(self).__qualname__}({values})"


def _refuse(_self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change “{name}”: it is frozen")
