"""What is said of a break-even: results by title, values as finely as they were found, intervals of crossings."""

from __future__ import annotations

import math

from negsim.scenario.words import number_text
from negsim.study.breakeven.result import BreakEven, Crossing

__all__ = ["interval_words", "result_title", "target_words", "value_cell", "value_words", "with_unit"]

_TITLES = {
    "p_zone": "P(zone)",
    "p_agreement": "P(agreement)",
    "talks.p_agreement": "P(agreement) under the calendar of talks",
}


def result_title(result: str) -> str:
    """Give the title of a result.

    >>> result_title("p_zone")
    'P(zone)'
    """
    return _TITLES[result]


def target_words(found: BreakEven) -> str:
    """Write the target in percent."""
    return f"{number_text(round(found.target * 100, 4))} %"


def value_words(value: float, found: BreakEven) -> str:
    """Write a value of the quantity, as finely as crossings were looked for."""
    return _with_minus(number_text(round(value, _decimals(found)) + 0.0))


def value_cell(value: float, found: BreakEven) -> str:
    """Write it for a column, with as many decimals as the others."""
    return _with_minus(f"{round(value, _decimals(found)) + 0.0:.{_decimals(found)}f}")


def _decimals(found: BreakEven) -> int:
    return max(0, math.ceil(-math.log10(found.tolerance)))


def _with_minus(text: str) -> str:
    return f"−{text[1:]}" if text.startswith("-") else text


def with_unit(text: str, found: BreakEven) -> str:
    """Set the unit behind a value, where it is one that is said of single values."""
    unit = found.domain.unit
    return text if unit in ("probability", "share", "level", "relative weight") else f"{text} {unit}"


def interval_words(crossing: Crossing, found: BreakEven) -> str:
    """Say between which values sampling leaves a crossing: "281.20 to 284.91", "284.91 or less"."""
    low, high = value_words(crossing.low, found), value_words(crossing.high, found)
    if crossing.open_low and crossing.open_high:
        return "anywhere in the range"
    if crossing.open_low:
        return f"{high} or less"
    return f"{low} or more" if crossing.open_high else f"{low} to {high}"
