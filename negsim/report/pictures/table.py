"""The pictures that there are, by the kind of what they are drawn from, in the order in which a reader meets them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from negsim.report.pictures import (
    acceptability,
    agreement_by_date,
    indices,
    learned,
    policies,
    reasons,
    red_lines,
    study_curves,
    study_map,
    tornado,
    utility_space,
)
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.source import Source
from negsim.report.pictures.study_source import StudySource

__all__ = ["OF_RUNS", "OF_STUDIES", "draw_run", "draw_study"]

Draw = Callable[[Source], Picture | Absent]
DrawStudy = Callable[[StudySource], Picture | Absent]
Drawn = tuple[tuple[Picture, ...], tuple[Absent, ...]]

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

OF_STUDIES: Mapping[str, DrawStudy] = MappingProxyType(
    {
        policies.NAME: policies.draw,
        study_curves.NAME: study_curves.draw,
        study_map.NAME: study_map.draw,
        indices.NAME: indices.draw,
    }
)
"""The pictures of a study."""


def draw_run(source: Source) -> Drawn:
    """Draw all pictures of a run; those that there is nothing for are told apart."""
    return _apart([draw(source) for draw in OF_RUNS.values()])


def draw_study(source: StudySource) -> Drawn:
    """Draw all pictures of a study; those that there is nothing for are told apart."""
    return _apart([draw(source) for draw in OF_STUDIES.values()])


def _apart(drawn: Sequence[Picture | Absent]) -> Drawn:
    there = tuple(one for one in drawn if isinstance(one, Picture))
    return there, tuple(one for one in drawn if isinstance(one, Absent))
