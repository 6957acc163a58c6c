"""Frozen dataclasses whose classes take less time to make.

`dataclasses.dataclass` compiles six methods for each class, and a command makes over a hundred classes before it
does anything. All but ``__init__`` are the same for every class, so here they are written once.
What comes out is a dataclass like any other: `dataclasses.fields`, ``replace``, ``asdict`` and all else take it.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(**options: bool) -> Any:
        """Make a dataclass as `dataclasses.dataclass` does, a frozen one faster; options are given by name.

        What is rare is left to `dataclasses`: methods of its own, bases that are dataclasses, fields with options.

        Raises
        ------
        TypeError
            If a frozen class has an ``InitVar`` or a ``KW_ONLY`` mark, which are not known here.

        Examples
        --------
        >>> @dataclass(frozen=True, slots=True)
        ... class Offer:
        ...     price: float
        ...     by: str = "seller"
        >>> dataclasses.replace(Offer(80.0), price=75.0)
        Offer(price=75.0, by='seller')
        """
        cheap = options.keys() <= {"frozen", "slots", "eq"} and options.get("frozen", False)

        def decorate(cls: type) -> type:
            if cheap and not _is_unusual(cls):
                return _frozen(cls, slots=options.get("slots", False), eq=options.get("eq", True))
            return dataclasses.dataclass(**options)(cls)

        return decorate


class _FromFactory:
    """What stands as the default of a field that a factory fills."""

    def __repr__(self) -> str:
        return "<factory>"


_FROM_FACTORY = _FromFactory()
_METHODS = frozenset(
    ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")
)


def _is_unusual(cls: type) -> bool:
    own = vars(cls)
    return (
        any(map(dataclasses.is_dataclass, cls.__mro__[1:]))
        or not _METHODS.isdisjoint(own)
        or any(isinstance(value, Field) and not _is_plain(value) for value in own.values())
    )


def _is_plain(field: Field[Any]) -> bool:
    return field.init and field.repr and field.compare and field.hash is None and field.kw_only is not True


def _is_for_init_alone(field: Any) -> bool:
    return field._field_type is dataclasses._FIELD_INITVAR  # type: ignore[attr-defined]


def _frozen(cls: type, *, slots: bool, eq: bool) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    fields = dataclasses.fields(made)
    if any(field.kw_only for field in fields) or any(map(_is_for_init_alone, made.__dataclass_fields__.values())):
        raise TypeError(f"{cls.__qualname__}: negsim.records knows neither InitVar nor KW_ONLY")
    told = made.__dataclass_params__
    told.init, told.repr, told.eq, told.frozen = True, True, eq, True
    made.__init__ = _initialiser(made, fields)
    made.__repr__, made.__setattr__, made.__delattr__ = _repr, _refuse_to_set, _refuse_to_delete
    if slots:
        made.__getstate__, made.__setstate__ = _state, _restore
    if eq:
        made.__eq__, made.__hash__ = _comparison(tuple(field.name for field in fields))
    return made


def _initialiser(cls: type, fields: tuple[Field[Any], ...]) -> Any:
    """Write ``__init__`` as `dataclasses` does: in the names of its module, so that its annotations can be read."""
    given: dict[str, Any] = {"_set": object.__setattr__, "_from_factory": _FROM_FACTORY}
    parameters, body = ["self"], []
    for field in fields:
        name, value = field.name, field.name
        if field.default is not MISSING:
            given[f"_of_{name}"] = field.default
            parameters.append(f"{name}=_of_{name}")
        elif field.default_factory is not MISSING:
            given[f"_of_{name}"] = field.default_factory
            parameters.append(f"{name}=_from_factory")
            value = f"_of_{name}() if {name} is _from_factory else {name}"
        else:
            parameters.append(name)
        body.append(f"  _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("  self.__post_init__()")
    text = f"def _make({', '.join(given)}):\n def __init__({', '.join(parameters)}):\n"
    made: dict[str, Any] = {}
    exec(text + "\n".join(body or ["  pass"]) + "\n return __init__", vars(sys.modules[cls.__module__]), made)
    init = made["_make"](**given)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {**{field.name: field.type for field in fields}, "return": None}
    return init


def _comparison(names: tuple[str, ...]) -> tuple[Callable[..., Any], Callable[..., int]]:
    """Make ``__eq__`` and ``__hash__`` over some fields, as of tuples of them."""
    # One name alone would give its value in place of a tuple of it: an array then would have no truth, a NaN no equal.
    get = attrgetter(*names) if names else lambda _: ()
    values: Callable[[Any], Any] = get if len(names) > 1 else lambda record: (get(record),)

    def __eq__(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:
        return hash(values(self))

    # pytest explains what differs field by field where it takes __eq__ for written by dataclasses.
    __eq__.__code__ = __eq__.__code__.replace(co_filename="<string>")
    return __eq__, __hash__


@recursive_repr()
def _repr(self: Any) -> str:
    fields = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self))
    return f"{self.__class__.__qualname__}({', '.join(fields)})"


def _refuse_to_set(self: Any, name: str, value: object) -> None:
    if _is_closed(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _refuse_to_delete(self: Any, name: str) -> None:
    if _is_closed(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _is_closed(self: Any, name: str) -> bool:
    """Tell whether nothing may happen to an attribute: in a class below, only to the fields."""
    return name in self.__dataclass_fields__ or "__dataclass_fields__" in vars(type(self))


def _state(self: Any) -> list[Any]:
    """Give what is pickled of a record with slots."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
