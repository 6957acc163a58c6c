"""Whether a box comes back: the same search in random halves of the cells, each judged on the other half."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate
from negsim.model.intervals import share_interval
from negsim.model.sampling import sample_table
from negsim.records import dataclass
from negsim.study.discovery.choosing import nearest_coverage
from negsim.study.discovery.prim import peel
from negsim.study.discovery.quasi_p import refine
from negsim.study.discovery.regions import Points, inside

__all__ = ["Held", "hold_out"]


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What became of boxes in the halves of the cells that they were not fitted to.

    ``restricted`` (factor,) is the share of halves whose box restricts a factor; ``density`` and ``coverage`` are None
    if there was no cell to judge by.
    """

    restricted: NDArray[np.float64]
    density: Estimate | None
    coverage: Estimate | None


def hold_out(
    points: Points,
    group: NDArray[np.int64],
    coverage: float,
    *,
    n_resamples: int,
    seed: int,
    part: int = 0,
    inflation: float = 1.0,
) -> Held:
    """Search for a box in random halves of the cells, and judge each on the cells that were left out.

    Parameters
    ----------
    points : Points
    group : int64 array (cell,)
        Cells of one group, counted from 0, stay together: they share most of their values, and would give the box away.
    coverage : float
        Of a box as it was peeled; in each half the peeled box with the nearest coverage is taken, and refined.
    n_resamples : int
        How many halves; at least 1.
    seed, part : int
        ``part`` tells searches in the same study apart.
    inflation : float
        The variance of a share over such groups, beside that of independent cells.

    Returns
    -------
    Held
        Means over all halves. Their intervals are Wilson's for the cells of one half, since halves overlap: how much
        more their mean knows is not known.

    References
    ----------
    Bryant & Lempert (2010), Technological Forecasting & Social Change 77, 34-49, section 3.3, for resampling.
    Deviations: halves, so that what is left out can judge; coverage is matched, density is what is judged.
    """
    n_groups = int(group.max()) + 1
    judged: list[tuple[int, int, int]] = []
    restricted = np.zeros(len(points.categorical))
    for resample in range(n_resamples):
        order = np.argsort(sample_table(f"discovery {part}", (n_groups,), seed=seed, part=resample), kind="stable")
        fitted = np.isin(group, order[: n_groups // 2])
        half, rest = points.some(fitted), points.some(~fitted)
        trajectory = peel(half)
        region, _ = refine(trajectory[nearest_coverage(trajectory, coverage)].region, half)
        restricted[list(region.factors)] += 1
        within = inside(region, rest)
        judged.append((int(np.count_nonzero(within & rest.interest)), int(np.count_nonzero(within)), rest.n_interest))
    hits, cells, interest = np.array(judged, dtype=np.float64).T
    return Held(restricted / n_resamples, _mean_share(hits, cells, inflation), _mean_share(hits, interest, inflation))


def _mean_share(hits: NDArray[np.float64], cases: NDArray[np.float64], inflation: float) -> Estimate | None:
    """Average shares (half,); the interval is for so many cases that their standard error is the average one."""
    some = cases > 0
    if not np.any(some):
        return None
    n = float(np.mean(cases[some] ** -0.5)) ** -2 / inflation
    return Estimate(*share_interval(float(np.mean(hits[some] / cases[some])) * n, n))
