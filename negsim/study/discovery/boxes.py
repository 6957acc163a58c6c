"""One box after another: search, judge, set aside what the box holds, search in the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, ratio
from negsim.model.intervals import share_interval
from negsim.records import dataclass
from negsim.study.discovery.choosing import KNEE, Choice, choose
from negsim.study.discovery.prim import Peeled, fewest_cells, peel
from negsim.study.discovery.quasi_p import quasi_p_values, refine
from negsim.study.discovery.regions import Limit, Points, Region, inside, round_limit
from negsim.study.discovery.resampling import Held, hold_out
from negsim.study.discovery.result import Box, BoxLimit, DroppedLimit, TrajectoryPoint
from negsim.study.table import Factor

__all__ = ["Search", "cover", "inflation_of", "share"]


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What boxes are sought in: ``factors`` that vary, cells as ``points``, and the ``group`` (cell,) of each.

    ``inflation`` is that of `inflation_of`.
    """

    factors: Sequence[Factor]
    points: Points
    group: NDArray[np.int64]
    n_resamples: int
    seed: int
    inflation: float = 1.0


def cover(search: Search, choice: Choice, most: int) -> tuple[tuple[Box, ...], Box | None, NDArray[np.bool_]]:
    """Seek boxes one after the other, each among the cells that no earlier one holds.

    Parameters
    ----------
    search : Search
        With a cell of interest and one that is not.
    choice : Choice
        Of the first box; further ones are at the knee.
    most : int
        How many boxes are sought.

    Returns
    -------
    tuple of Box
        Those that hold up.
    Box or None
        The first that does not; none is sought after it.
    bool array (cell,)
        Which cells are in a box that holds up.
    """
    free = np.ones(search.points.n_cells, dtype=bool)
    boxes: list[Box] = []
    while len(boxes) < most:
        points = search.points.some(free)
        if boxes and not (fewest_cells(points) <= points.n_interest < points.n_cells):
            break
        region, box = _seek(search, free, choice if not boxes else KNEE, len(boxes))
        if not box.holds_up:
            return tuple(boxes), box, ~free
        boxes.append(box)
        free &= ~inside(region, search.points)
    return tuple(boxes), None, ~free


def _seek(search: Search, free: NDArray[np.bool_], choice: Choice, part: int) -> tuple[Region, Box]:
    """Find a box among the cells that are free, and judge it."""
    points, group = search.points.some(free), search.group[free]
    trajectory = peel(points)
    chosen = choose(trajectory, choice)
    region, dropped = refine(trajectory[chosen].region, points)
    within = inside(region, points)
    hits = within & points.interest
    held = hold_out(
        points,
        np.unique(group, return_inverse=True)[1].astype(np.int64),
        trajectory[chosen].n_hits / points.n_interest,
        n_resamples=search.n_resamples,
        seed=search.seed,
        part=part,
        inflation=search.inflation,
    )
    base_rate = points.n_interest / points.n_cells
    free_factors = set(range(len(search.factors))) - set(region.factors)
    return region, Box(
        limits=_limits(region, points, search, held),
        dropped=tuple(DroppedLimit(search.factors[limit.factor].path, limit.side, p) for limit, p in dropped),
        others=tuple(
            (search.factors[factor].path, float(held.restricted[factor]))
            for factor in sorted(free_factors, key=lambda factor: -held.restricted[factor])
            if held.restricted[factor]
        ),
        n_sought=points.n_cells,
        n_cells=int(np.count_nonzero(within)),
        n_hits=int(np.count_nonzero(hits)),
        base_rate=base_rate,
        coverage=share(hits, search.points.interest, search.inflation),
        density=share(hits, within, search.inflation),
        held_density=held.density,
        held_coverage=held.coverage,
        holds_up=bool(region.limits) and held.density is not None and held.density.low > base_rate,
        trajectory=_told(trajectory),
        chosen=chosen,
    )


def share(hits: NDArray[np.bool_], cases: NDArray[np.bool_], inflation: float) -> Estimate:
    """Estimate the share of cases that are hits.

    Parameters
    ----------
    hits, cases : bool array (cell,)
        Every hit is a case; there is at least one case.
    inflation : float
        As `inflation_of` gives it.

    Returns
    -------
    Estimate
        With Wilson's interval for as many independent cells as these are worth.
    """
    n_hits, n_cases = int(np.count_nonzero(hits)), int(np.count_nonzero(cases))
    return Estimate(*share_interval(n_hits / inflation, n_cases / inflation))


def inflation_of(interest: NDArray[np.bool_], group: NDArray[np.int64]) -> float:
    """Give the variance of the share of interest over groups beside that of as many independent cells, 1 at least.

    Parameters
    ----------
    interest : bool array (cell,)
    group : int64 array (cell,)
        Cells of a group are not independent.

    References
    ----------
    Kish (1965), Survey Sampling, section 8.2: the design effect, here of the base rate, and taken for that of all
    shares.
    """
    number = np.unique(group, return_inverse=True)[1]
    n_hits = np.bincount(number, weights=interest).astype(np.float64)
    n_cells = np.bincount(number).astype(np.float64)
    if np.all(n_cells == 1):
        return 1.0
    of_groups = ratio(n_hits, n_cells, np.ones(len(n_cells), dtype=np.int64))
    _, low, high = share_interval(float(np.sum(n_hits)), float(len(interest)))
    return max(1.0, ((of_groups.high - of_groups.low) / (high - low)) ** 2)


def _limits(region: Region, points: Points, search: Search, held: Held) -> tuple[BoxLimit, ...]:
    values = quasi_p_values(region, points) if region.limits else {}
    return tuple(
        BoxLimit(
            path=search.factors[limit.factor].path,
            side=limit.side,
            value=None if limit.side == "words" else _bound(region, limit, search.points.columns[limit.factor]),
            words=_words(region, limit, search.factors[limit.factor]),
            quasi_p=values[limit],
            reproduced=float(held.restricted[limit.factor]),
        )
        for limit in region.limits
    )


def _words(region: Region, limit: Limit, factor: Factor) -> tuple[str, ...]:
    if limit.side != "words":
        return ()
    return tuple(factor.labels[word] for word in sorted(region.words[limit.factor]))


def _bound(region: Region, limit: Limit, column: NDArray[np.float64]) -> float:
    """Give a limit as the roundest number that parts the same cells."""
    if limit.side == "low":
        low = region.low[limit.factor]
        return round_limit(float(np.max(column[column < low])), low)
    high = region.high[limit.factor]
    return round_limit(float(np.min(column[column > high])), high)


def _told(trajectory: Sequence[Peeled]) -> tuple[TrajectoryPoint, ...]:
    whole = trajectory[0]
    return tuple(
        TrajectoryPoint(
            n_cells=box.n_cells,
            coverage=box.n_hits / whole.n_hits,
            density=box.n_hits / box.n_cells,
            mass=box.n_cells / whole.n_cells,
            n_restricted=len(box.region.factors),
        )
        for box in trajectory
    )
