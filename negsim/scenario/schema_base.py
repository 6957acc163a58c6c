"""What the shapes of all blocks are made of: a mapping with known keys, and the values that stand in many places."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from negsim.scenario.quantities import Quantity
from negsim.scenario.shapes import read_day, read_number, read_quantity_shape, whole_number_between, word_of

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
    "Shape",
    "Title",
    "by_id",
    "hand_written",
    "one_of_words",
    "whole",
]

ID_PATTERN = "^[a-z][a-z0-9_]{0,63}$"


def hand_written(name: str) -> WithJsonSchema:
    """Leave a note for `negsim.scenario.json_schema`, which writes this definition by hand."""
    return WithJsonSchema({"x-definition": name})


def by_id(description: str) -> Any:
    """Describe a mapping from ids that may be left out."""
    return Field(
        default_factory=dict,
        description=description,
        json_schema_extra={"propertyNames": {"pattern": ID_PATTERN}},
    )


def one_of_words(words: tuple[str, ...]) -> tuple[PlainValidator, WithJsonSchema]:
    """Say, behind ``Annotated[str, *...]``, that a value is one of a few words."""
    return PlainValidator(word_of(words)), WithJsonSchema({"enum": list(words)})


def whole(most: int, *, least: int = 1) -> tuple[PlainValidator, WithJsonSchema]:
    """Say, behind ``Annotated[int, *...]``, that a value is a whole number within bounds."""
    bounds = {"type": "integer", "minimum": least, "maximum": most}
    return PlainValidator(whole_number_between(least, most)), WithJsonSchema(bounds)


_DAY = (PlainValidator(read_day), WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}))
DayShape = Annotated[dt.date, *_DAY]
OptionalDayShape = Annotated[dt.date | None, *_DAY]
Title = Annotated[str, Field(min_length=1, max_length=300)]
BriefText = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
ConditionText = Annotated[str, hand_written("condition")]
QuantityShape = Annotated[Quantity, PlainValidator(read_quantity_shape), hand_written("quantity")]
OptionalQuantityShape = Annotated[Quantity | None, PlainValidator(read_quantity_shape), hand_written("quantity")]
NumberShape = Annotated[float, PlainValidator(read_number), WithJsonSchema({"type": "number"})]


class Shape(BaseModel):
    """A mapping with known keys and nothing else; no value is converted to another type."""

    # Built when a file is first read, and then once for all shapes together: half the time.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
