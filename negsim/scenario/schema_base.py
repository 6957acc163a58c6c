"""What the shapes of all blocks are made of: a mapping with known keys, and the values that stand in many places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from negsim.scenario.quantities import Quantity
from negsim.scenario.shapes import read_day, read_number, read_quantity_shape, whole_number_between, word_of

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

__all__ = [
    "ID_PATTERN",
    "BriefText",
    "ConditionText",
    "DayShape",
    "NumberShape",
    "OptionalDayShape",
    "OptionalQuantityShape",
    "Prose",
    "QuantityShape",
    "ReadBy",
    "Shape",
    "Title",
    "by_id",
    "definition",
    "one_of_words",
    "whole",
]

ID_PATTERN = "^[a-z][a-z0-9_]{0,63}$"


class ReadBy:
    """Say, in ``Annotated[T, ReadBy(read, schema)]``, which function reads a value, and what editors know of it.

    It does what pydantic's PlainValidator and WithJsonSchema do, in a tenth of the time: it does not look into
    ``T``, of which only the reader knows how it is written.
    """

    def __init__(self, read: Callable[[object], object], schema: dict[str, Any]) -> None:
        self._read = read
        self._schema = schema

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """Give pydantic the reader."""
        return {"type": "function-plain", "function": {"type": "no-info", "function": self._read}}

    def __get_pydantic_json_schema__(self, core_schema: object, handler: object) -> dict[str, Any]:
        """Give pydantic what editors know."""
        return self._schema.copy()


def definition(name: str) -> dict[str, Any]:
    """Leave a note for `negsim.scenario.json_schema`, which writes this definition by hand."""
    return {"x-definition": name}


def by_id(description: str) -> Any:
    """Describe a mapping from ids that may be left out."""
    return Field(
        {},
        description=description,
        json_schema_extra={"propertyNames": {"pattern": ID_PATTERN}},
    )


def one_of_words(words: tuple[str, ...]) -> ReadBy:
    """Say, in ``Annotated[str, ...]``, that a value is one of a few words."""
    return ReadBy(word_of(words), {"enum": list(words)})


def whole(most: int, *, least: int = 1) -> ReadBy:
    """Say, in ``Annotated[int, ...]``, that a value is a whole number within bounds."""
    return ReadBy(whole_number_between(least, most), {"type": "integer", "minimum": least, "maximum": most})


_DAY = ReadBy(read_day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
DayShape = Annotated[dt.date, _DAY]
OptionalDayShape = Annotated[dt.date | None, _DAY]
Title = Annotated[str, Field(min_length=1, max_length=300)]
BriefText = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
ConditionText = Annotated[str, WithJsonSchema(definition("condition"))]
QuantityShape = Annotated[Quantity, ReadBy(read_quantity_shape, definition("quantity"))]
OptionalQuantityShape = Annotated[Quantity | None, ReadBy(read_quantity_shape, definition("quantity"))]
NumberShape = Annotated[float, ReadBy(read_number, {"type": "number"})]


class Shape(BaseModel):
    """A mapping with known keys and nothing else; no value is converted to another type."""

    # Built when a file is first read, and then once for all shapes together: half the time.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
