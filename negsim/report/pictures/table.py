"""The pictures that there are, by the kind of what they are drawn from, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from negsim.report.pictures import (
    acceptability,
    agreement_by_date,
    learned,
    reasons,
    red_lines,
    tornado,
    utility_space,
)
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.source import Source

__all__ = ["OF_RUNS", "draw_run"]

Draw = Callable[[Source], Picture | Absent]

OF_RUNS: Mapping[str, Draw] = MappingProxyType(
    {
        utility_space.NAME: utility_space.draw,
        acceptability.NAME: acceptability.draw,
        red_lines.NAME: red_lines.draw,
        tornado.NAME: tornado.draw,
        agreement_by_date.NAME: agreement_by_date.draw,
        reasons.NAME: reasons.draw,
        learned.NAME: learned.draw,
    }
)
"""The pictures of a run."""


def draw_run(source: Source) -> tuple[tuple[Picture, ...], tuple[Absent, ...]]:
    """Draw all pictures of a run; those that there is nothing for are told apart."""
    drawn = [draw(source) for draw in OF_RUNS.values()]
    return tuple(one for one in drawn if isinstance(one, Picture)), tuple(
        one for one in drawn if isinstance(one, Absent)
    )
