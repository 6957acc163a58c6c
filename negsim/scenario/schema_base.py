"""The values that stand in many places of the shapes."""

import datetime as dt
from typing import Annotated, Any

from negsim.scenario.quantities import Quantity
from negsim.scenario.shapes import read_day, read_number, read_quantity_shape, whole_number_between, word_of
from negsim.scenario.shaping import ReadBy, Text, entry

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
    "Title",
    "by_id",
    "definition",
    "one_of_words",
    "whole",
]

ID_PATTERN = "^[a-z][a-z0-9_]{0,63}$"


def definition(name: str) -> dict[str, Any]:
    """Leave a note for `negsim.scenario.json_schema`, which writes this definition by hand."""
    return {"x-definition": name}


def by_id(description: str) -> Any:
    """Describe a mapping from ids that may be left out."""
    return entry(dict, description=description, schema={"propertyNames": {"pattern": ID_PATTERN}})


def one_of_words(words: tuple[str, ...]) -> ReadBy:
    """Say, in ``Annotated[str, ...]``, that a value is one of a few words."""
    return ReadBy(word_of(words), {"enum": list(words)})


def whole(most: int, *, least: int = 1) -> ReadBy:
    """Say, in ``Annotated[int, ...]``, that a value is a whole number within bounds."""
    return ReadBy(whole_number_between(least, most), {"type": "integer", "minimum": least, "maximum": most})


_DAY = ReadBy(read_day, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
DayShape = Annotated[dt.date, _DAY]
OptionalDayShape = Annotated[dt.date | None, _DAY]
Title = Annotated[str, Text(least=1, most=300)]
BriefText = Annotated[str, Text(most=300)]
Prose = Annotated[str, Text(most=20_000)]
ConditionText = Annotated[str, Text(schema=definition("condition"))]
QuantityShape = Annotated[Quantity, ReadBy(read_quantity_shape, definition("quantity"))]
OptionalQuantityShape = Annotated[Quantity | None, ReadBy(read_quantity_shape, definition("quantity"))]
NumberShape = Annotated[float, ReadBy(read_number, {"type": "number"})]
