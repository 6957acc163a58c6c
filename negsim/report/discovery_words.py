"""A box in words: what was varied, by the name of the quantity, and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from negsim.errors import format_path
from negsim.report.paths import path_words
from negsim.scenario.inventory import coin_paths, list_quantities
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.study.discovery_result import Box, BoxLimit, Discovery

__all__ = ["box_words", "limits_by_path", "limits_words", "short_number", "titles", "why_no_box"]


def titles(found: Discovery, scenario: Scenario) -> Mapping[str, str]:
    """Name what was varied: quantities in words, all else as it is written."""
    quantities = {format_path(named.path): named.path for named in list_quantities(scenario)}
    quantities |= {format_path(path): path for path in coin_paths(scenario)}
    return {
        varied.path: path_words(quantities[varied.path], scenario) if varied.path in quantities else varied.path
        for varied in found.varied
    }


def limits_by_path(box: Box) -> Iterator[tuple[str, tuple[BoxLimit, ...]]]:
    """Give the limits of each restricted factor together."""
    for path, limits in groupby(box.limits, key=lambda limit: limit.path):
        yield path, tuple(limits)


def limits_words(limits: tuple[BoxLimit, ...]) -> str:
    """Say the limits of one factor.

    >>> low, high = (BoxLimit("x", side, value, (), 0.0, None) for side, value in (("low", 0.2949), ("high", 0.7)))
    >>> limits_words((low,)), limits_words((high, low))
    ('at least 0.295', '0.295 to 0.7')
    """
    ends = {limit.side: short_number(limit.value) for limit in limits if limit.value is not None}
    if len(ends) == 2:
        return f"{ends['low']} to {ends['high']}"
    if "words" in {limit.side for limit in limits}:
        return joined(limits[0].words, "or")
    return f"at least {ends['low']}" if "low" in ends else f"at most {ends['high']}"


def short_number(value: float) -> str:
    """Write a number to three digits, with a typographic minus.

    >>> short_number(0.62617), short_number(-1250.0)
    ('0.626', '−1250')
    """
    text = number_text(float(f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"))
    return text.replace("-", "−", 1) if text.startswith("-") else text


def box_words(box: Box, names: Mapping[str, str]) -> str:
    """Say all limits of a box as a clause: "the firmness of “Zone” is at most 0.8 and protocol is single_text"."""
    return joined([f"{names[path]} is {limits_words(limits)}" for path, limits in limits_by_path(box)])


def why_no_box(found: Discovery) -> str:
    """Say why there is no region to tell, in a sentence."""
    match found.reason:
        case "no_cells":
            return f"No cell of {found.study} has what {found.where} needs, so there is nothing to look at."
        case "nowhere":
            return f"In none of {found.n_cells:,} cells holds {found.where}: no region to look for."
        case "everywhere":
            return f"In all of {found.n_cells:,} cells holds {found.where}: no region stands out."
        case "nothing_varies":
            return "Nothing varies among these cells: no region to look for."
        case "few_cells":
            return f"{found.n_cells:,} cells are too few to tell a region from chance; 20 is the least, hundreds are better."
        case _:
            return f"No region stands out: where {found.where} holds, chance may explain."
