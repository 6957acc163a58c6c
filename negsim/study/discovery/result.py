"""What discovery finds: boxes in what was varied, how good they are, and whether they hold up."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.records import dataclass

__all__ = ["Box", "BoxLimit", "Discovery", "DroppedLimit", "TrajectoryPoint", "Varied"]


@dataclass(frozen=True, slots=True)
class Varied:
    """Something that was varied: the ends of its numbers, or its words."""

    path: str
    low: float = 0.0
    high: float = 0.0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoxLimit:
    """A limit of a box.

    ``side`` is ``low`` (at least ``value``), ``high`` (at most ``value``) or ``words`` (one of ``words``).
    ``reproduced`` is the share of random halves of the cells in which the same factor is restricted, None if none
    were tried.
    """

    path: str
    side: str
    value: float | None
    words: tuple[str, ...]
    quasi_p: float
    reproduced: float | None


@dataclass(frozen=True, slots=True)
class DroppedLimit:
    """A limit that the peeling set and that chance may explain."""

    path: str
    side: str
    quasi_p: float


@dataclass(frozen=True, slots=True)
class TrajectoryPoint:
    """A box on the way of the peeling; ``mass`` is its share of the cells."""

    n_cells: int
    coverage: float
    density: float
    mass: float
    n_restricted: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box, found among ``n_sought`` cells, those that no earlier box holds.

    ``base_rate`` is the share of these that is of interest, ``density`` that of the ``n_cells`` in the box;
    ``coverage`` is the share of all cells of interest, in the study, that are in the box. Both are seen in the cells
    that the box was fitted to. ``held_density`` and ``held_coverage`` are not: they are means over random halves of the
    cells, of boxes found in the other half; coverage is that of the cells of interest sought there. They are None if
    no cell was there to judge by. ``holds_up`` tells whether the box has a limit and ``held_density`` with its whole
    interval exceeds the base rate. ``others`` are factors that the box leaves free, with the share of halves that
    restrict them. ``chosen`` is the number of the trajectory's point from which the box was made.
    """

    limits: tuple[BoxLimit, ...]
    dropped: tuple[DroppedLimit, ...]
    others: tuple[tuple[str, float], ...]
    n_sought: int
    n_cells: int
    n_hits: int
    base_rate: float
    coverage: Estimate
    density: Estimate
    held_density: Estimate | None
    held_coverage: Estimate | None
    holds_up: bool
    trajectory: tuple[TrajectoryPoint, ...]
    chosen: int


@dataclass(frozen=True, slots=True)
class Discovery:
    """Where in a study a condition holds.

    Of ``n_planned`` cells ``n_unknown`` lack a number that is needed and are left out, as are those of other policies
    if ``policy`` is given; ``n_cells`` are read, and the condition holds in ``n_interest`` of them. ``boxes`` hold up;
    ``rejected`` is the first that does not, after which none was sought. ``reason`` tells why there is no box:
    ``no_cells``, ``nowhere``, ``everywhere``, ``nothing_varies``, ``few_cells`` or ``chance``; empty if there is one.
    ``covered`` is the share of the cells of interest that all boxes hold together. ``constant`` are paths with a single
    value.
    """

    study: str
    where: str
    policy: str
    seed: int
    n_planned: int
    n_unknown: int
    n_cells: int
    n_interest: int
    base_rate: Estimate | None
    varied: tuple[Varied, ...]
    constant: tuple[str, ...]
    boxes: tuple[Box, ...]
    rejected: Box | None
    covered: Estimate | None
    reason: str
    n_resamples: int
