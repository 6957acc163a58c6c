"""A box in words: what was varied, by the name of the quantity, and its limits."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from negsim.report.paths import titles_of
from negsim.report.words import count
from negsim.scenario.types import Scenario
from negsim.scenario.words import joined, number_text
from negsim.study.discovery.result import Box, BoxLimit, Discovery, Varied

__all__ = ["box_words", "limit_number", "limits_by_path", "limits_words", "titles", "why_no_box"]


def titles(found: Discovery, scenario: Scenario) -> Mapping[str, str]:
    """Name what was varied: quantities in words, all else as it is written."""
    return titles_of((varied.path for varied in found.varied), scenario)


def limits_by_path(box: Box) -> Iterator[tuple[str, tuple[BoxLimit, ...]]]:
    """Give the limits of each restricted factor together."""
    for path, limits in groupby(box.limits, key=lambda limit: limit.path):
        yield path, tuple(limits)


def limits_words(limits: Sequence[BoxLimit], varied: Varied) -> str:
    """Say the limits of one factor.

    >>> low, high = (BoxLimit("x", side, value, (), 0.0, None) for side, value in (("low", 0.2949), ("high", 0.7)))
    >>> limits_words([low], Varied("x", 0.0, 1.0)), limits_words([high, low], Varied("x", 0.0, 1.0))
    ('at least 0.295', '0.295 to 0.7')
    """
    ends = {limit.side: limit_number(limit.value, varied) for limit in limits if limit.value is not None}
    if len(ends) == 2:
        return f"{ends['low']} to {ends['high']}"
    if "words" in {limit.side for limit in limits}:
        return joined(limits[0].words, "or")
    return f"at least {ends['low']}" if "low" in ends else f"at most {ends['high']}"


def limit_number(value: float, varied: Varied, digits: int = 3) -> str:
    """Write a value of what was varied so finely that its range has so many digits; with a typographic minus.

    >>> limit_number(0.62617, Varied("x", 0.0, 1.0)), limit_number(-1250.0, Varied("x", -9000.0, 1.0))
    ('0.626', '−1250')
    """
    decimals = digits - math.ceil(math.log10(varied.high - varied.low))
    text = number_text(round(value, max(decimals, 0)) + 0.0)
    return text.replace("-", "−", 1) if text.startswith("-") else text


def box_words(box: Box, found: Discovery, names: Mapping[str, str]) -> str:
    """Say all limits of a box as a clause: "the firmness of “Zone” is at most 0.8 and protocol is single_text"."""
    varied = {one.path: one for one in found.varied}
    return joined([f"{names[path]} is {limits_words(limits, varied[path])}" for path, limits in limits_by_path(box)])


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
            few = count(found.n_cells, "cell")
            return f"{few}: too few to tell a region from chance. It takes 20, at 4 points apart; hundreds are better."
        case _:
            return f"No region stands out: where {found.where} holds, chance may explain."
