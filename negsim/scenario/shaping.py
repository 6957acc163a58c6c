"""Shapes: mappings with known keys, declared as classes with annotations, and how plain data is read into them.

The annotation of a field says what stands at its key: ``str``, ``bool``, another shape, ``dict[str, X]``, ``list[X]``,
any of them ``| None`` where it may be left out, or ``Annotated[T, reader]``, where the reader knows how a ``T`` is
written. It must not be a text, so that no module of shapes has ``from __future__ import annotations``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from types import NoneType, UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.quantity_syntax import SyntaxFlaw
from negsim.scenario.words import shown

__all__ = [
    "Entry",
    "Flawed",
    "Kind",
    "ReadBy",
    "Shape",
    "ShapeFlaw",
    "Text",
    "entries_of",
    "entry",
    "flawed",
    "read_as",
]

Json = dict[str, Any]


class Kind(Enum):
    """What is wrong with a shape."""

    UNKNOWN = "a key that is not known"
    MISSING = "a key that is missing"
    TYPE = "a value of another kind or size"
    VALUE = "a value that its reader refuses, perhaps for lack of something below it that was taken out"


@dataclass(frozen=True, slots=True)
class ShapeFlaw:
    """A flaw: ``unit`` leads to what cannot be used, ``flaw.at`` from there to the part of it that is to blame."""

    kind: Kind
    unit: Path
    flaw: SyntaxFlaw

    @property
    def path(self) -> Path:
        """Where it is."""
        return (*self.unit, *self.flaw.at)

    def below(self, root: Path) -> ShapeFlaw:
        """Give the same flaw of a value that stands at a path."""
        return ShapeFlaw(self.kind, (*root, *self.unit), self.flaw)


class Flawed(Exception):
    """A value cannot be read; all that is wrong with it."""

    def __init__(self, flaws: tuple[ShapeFlaw, ...]) -> None:
        super().__init__(flaws)
        self.flaws = flaws


def flawed(*flaws: SyntaxFlaw) -> Flawed:
    """Make what a function that reads a value raises."""
    return Flawed(tuple(ShapeFlaw(Kind.VALUE, (), flaw) for flaw in flaws))


class Reader:
    """How one kind of value is read, and what editors know of it."""

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> Any:
        """Read the value at a path; what is wrong with it is added to the flaws, and what comes back then is no use."""
        raise NotImplementedError

    def schema(self) -> Json:
        """Describe it as JSON Schema; references to shapes stand under ``x-definition``."""
        raise NotImplementedError

    def shapes(self) -> tuple[type[Shape], ...]:
        """Name the shapes that its schema refers to."""
        return ()


class Text(Reader):
    """Text of so many characters; what editors are told instead of that is ``schema``."""

    def __init__(self, *, least: int = 0, most: int | None = None, schema: Json | None = None) -> None:
        self._least = least
        self._most = most
        self._schema = schema

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> str:
        """Take text, and no numbers."""
        if not isinstance(value, str):
            quote = f'put it in quotes: "{shown(value)}"' if isinstance(value, bool | int | float) else ""
            flaws.append(_of_another_kind("text", value, at, quote))
            return ""
        if len(value) < self._least:
            flaws.append(ShapeFlaw(Kind.TYPE, at, SyntaxFlaw("NS207", "must have some text")))
        elif self._most is not None and len(value) > self._most:
            message = f"must have at most {self._most:,} characters; it has {len(value):,}"
            flaws.append(ShapeFlaw(Kind.TYPE, at, SyntaxFlaw("NS207", message)))
        return value

    def schema(self) -> Json:
        """Give its limits."""
        limits = {"minLength": self._least or None, "maxLength": self._most}
        return self._schema or {"type": "string", **{key: limit for key, limit in limits.items() if limit is not None}}


class Truth(Reader):
    """True or false."""

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> bool:
        """Take what YAML 1.2 takes for true or false."""
        if not isinstance(value, bool):
            flaws.append(_of_another_kind("true or false", value, at))
        return bool(value)

    def schema(self) -> Json:
        """Give its type."""
        return {"type": "boolean"}


class Anything(Reader):
    """Whatever stands there, for somebody else to read."""

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> object:
        """Take it as it is."""
        del at, flaws
        return value

    def schema(self) -> Json:
        """Give the schema that everything meets."""
        return {}


class ReadBy(Reader):
    """What a function reads, which raises `flawed` if something is wrong; ``schema`` is what editors know of it."""

    def __init__(self, function: Callable[[object], Any], schema: Json) -> None:
        self._function = function
        self._schema = schema

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> Any:
        """Call the function."""
        try:
            return self._function(value)
        except Flawed as error:
            flaws.extend(flaw.below(at) for flaw in error.flaws)
            return None

    def schema(self) -> Json:
        """Give what editors know."""
        return self._schema


class MappingOf(Reader):
    """A mapping whose keys a user names."""

    def __init__(self, item: Reader) -> None:
        self._item = item

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> dict[str, Any]:
        """Read each value."""
        if not isinstance(value, dict):
            flaws.append(_of_another_kind("a mapping", value, at))
            return {}
        return {key: self._item.read(item, (*at, key), flaws) for key, item in value.items()}

    def schema(self) -> Json:
        """Give the schema of its values."""
        return {"type": "object", "additionalProperties": self._item.schema()}

    def shapes(self) -> tuple[type[Shape], ...]:
        """Name those of its items."""
        return self._item.shapes()


class ListOf(Reader):
    """A list."""

    def __init__(self, item: Reader) -> None:
        self._item = item

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> list[Any]:
        """Read each item."""
        if not isinstance(value, list):
            flaws.append(_of_another_kind("a list", value, at))
            return []
        return [self._item.read(item, (*at, str(k)), flaws) for k, item in enumerate(value)]

    def schema(self) -> Json:
        """Give the schema of its items."""
        return {"type": "array", "items": self._item.schema()}

    def shapes(self) -> tuple[type[Shape], ...]:
        """Name those of its items."""
        return self._item.shapes()


class Block(Reader):
    """A mapping with known keys: a shape."""

    def __init__(self, shape: type[Shape]) -> None:
        self._shape = shape

    def read(self, value: object, at: Path, flaws: list[ShapeFlaw]) -> Shape | None:
        """Read what stands at each key; there may be no other."""
        if not isinstance(value, dict):
            flaws.append(_of_another_kind("a mapping", value, at))
            return None
        entries, found, n_before = entries_of(self._shape), {}, len(flaws)
        for key, entry in entries.items():
            if key in value:
                found[entry.name] = entry.reader.read(value[key], (*at, key), flaws)
            elif entry.is_required:
                flaws.append(ShapeFlaw(Kind.MISSING, (*at, key), SyntaxFlaw("NS202", "is missing")))
        unknown = (key for key in value if key not in entries)
        flaws += (ShapeFlaw(Kind.UNKNOWN, (*at, key), SyntaxFlaw("NS201", "is not known")) for key in unknown)
        return None if len(flaws) > n_before else self._shape(**found)

    def schema(self) -> Json:
        """Name the shape."""
        return {"x-definition": self._shape.__name__}

    def shapes(self) -> tuple[type[Shape], ...]:
        """Name the one."""
        return (self._shape,)


class _Required:
    """Stands where a default would, of a key that must be there."""


@dataclass(frozen=True, slots=True)
class _Declared:
    """What `entry` was told."""

    default: Any
    description: str
    key: str
    schema: Json


@dataclass(frozen=True, slots=True)
class Entry:
    """What a shape says of one of its keys: the name of the field, what stands there and how it is read."""

    name: str
    annotation: Any
    reader: Reader
    declared: _Declared

    @property
    def is_required(self) -> bool:
        """Whether the key must be there."""
        return self.declared.default is _Required

    def default(self) -> Any:
        """Give what holds where it is left out."""
        default = self.declared.default
        return default() if isinstance(default, type) else default

    def schema(self) -> Json:
        """Describe it as JSON Schema."""
        known = {**self.reader.schema(), **self.declared.schema, "description": self.declared.description}
        return dict(sorted(known.items()))


def entry(default: Any = _Required, *, description: str, key: str = "", schema: Json | None = None) -> Any:
    """Declare a field of a shape.

    Parameters
    ----------
    default
        What holds where the key is left out: a value, or a class to make a new one of. Without it the key is required.
    description : str
        What editors show.
    key : str
        The key, where no field can have its name: ``from``.
    schema : dict
        What editors know besides the kind of value.
    """
    return _Declared(default, description, key, schema or {})


class Shape:
    """A mapping with known keys and nothing else; no value is converted to another type.

    ``written`` names the fields that stand in the file; the others have their defaults. Nothing can be changed.
    """

    written: frozenset[str]

    def __init__(self, **fields: Any) -> None:
        entries = entries_of(type(self)).values()
        missing = [one.name for one in entries if one.is_required and one.name not in fields]
        unknown = fields.keys() - {one.name for one in entries}
        if missing or unknown:
            raise TypeError(f"{type(self).__name__}: missing {missing}, unknown {sorted(unknown)}")
        defaults = {one.name: one.default() for one in entries if one.name not in fields}
        vars(self).update(fields, **defaults, written=frozenset(fields))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse to change anything."""
        raise AttributeError(f"{type(self).__name__} cannot be changed: {name}")


_Shape = TypeVar("_Shape", bound=Shape)


def read_as(shape: type[_Shape], value: object) -> _Shape:
    """Read plain data as a shape.

    Raises
    ------
    Flawed
        With all that is wrong with it.
    """
    flaws: list[ShapeFlaw] = []
    found = Block(shape).read(value, (), flaws)
    if flaws:
        raise Flawed(tuple(flaws))
    assert isinstance(found, shape)
    return found


def entries_of(shape: type[Shape]) -> Mapping[str, Entry]:
    """List the keys of a shape in order, those of its bases first."""
    if shape not in _ENTRIES:
        _ENTRIES[shape] = dict(_list_entries(shape))
    return _ENTRIES[shape]


_ENTRIES: dict[type[Shape], Mapping[str, Entry]] = {}


def _list_entries(shape: type[Shape]) -> Iterator[tuple[str, Entry]]:
    for cls in reversed(shape.__mro__):
        if cls is not Shape and issubclass(cls, Shape):
            for name, annotation in inspect.get_annotations(cls).items():
                declared = vars(cls)[name]
                yield declared.key or name, Entry(name, annotation, _reader_of(annotation), declared)


def _reader_of(annotation: Any) -> Reader:
    """Find how the values of an annotation are read."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return next(part for part in parts if isinstance(part, Reader))
    if origin in (Union, UnionType):
        (inner,) = (part for part in parts if part is not NoneType)
        return _reader_of(inner)
    if origin is dict:
        return MappingOf(_reader_of(parts[1]))
    if origin is list:
        return ListOf(_reader_of(parts[0]))
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return Block(annotation)
    plain: dict[Any, Reader] = {str: Text(), bool: Truth(), Any: Anything()}
    if annotation not in plain:
        raise TypeError(f"there is no reader of {annotation!r}; is there a `from __future__ import annotations`?")
    return plain[annotation]


def _of_another_kind(wanted: str, value: object, at: Path, help: str = "") -> ShapeFlaw:
    return ShapeFlaw(Kind.TYPE, at, SyntaxFlaw("NS203", f"must be {wanted}, not {shown(value)}", help))
