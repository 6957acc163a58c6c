"""What the design of a study tells of its factors: Sobol' indices, elementary effects, or what any cells can tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import Estimate
from negsim.records import dataclass
from negsim.study.designs_saltelli import N_PARTS, split_rows
from negsim.study.sensitivity.elementary import effects_of, elementary
from negsim.study.sensitivity.given_data import first_orders, grid_indices
from negsim.study.sensitivity.result import Influence
from negsim.study.sensitivity.sobol_indices import sobol_indices
from negsim.study.sensitivity.studied import Studied
from negsim.study.table import Factor

__all__ = ["Told", "told_by_design"]

Mask = NDArray[np.bool_]

_FEWEST_POINTS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What a design tells of each factor that varies, largest first.

    ``alike`` (cell,) marks cells that can be used as draws of all factors alike, ``n_dropped`` counts those that have a
    result and are of no use. ``exact`` tells that the cells are a whole grid.
    """

    influences: tuple[Influence, ...]
    sum_first: Estimate | None
    alike: Mask
    n_dropped: int = 0
    n_base: int | None = None
    exact: bool = False


def told_by_design(cells: Studied) -> Told:
    """Ask the design; cells without a result cost a design of points or of walks all others of the same one.

    Raises
    ------
    UsageError
        If too few whole points, or walks, are left.
    """
    return _DESIGNS.get(cells.design, _any)(cells)


def _saltelli(cells: Studied) -> Told:
    n_factors = len(cells.factors)
    whole = _whole(cells, n_factors + 2, "base point")
    if np.count_nonzero(whole) < _FEWEST_POINTS:
        raise UsageError(
            f"{_of(cells)} has {np.count_nonzero(whole):,} base points with all their results; Sobol' indices need"
            f" {_FEWEST_POINTS} at least"
        )
    part = np.flatnonzero(whole) // max(1, len(whole) // N_PARTS) if len(whole) % N_PARTS == 0 else None
    base, other, mixed = split_rows(cells.result, n_factors)
    found = sobol_indices(base[whole], other[whole], mixed[whole], part=part, seed=cells.seed)
    alike = np.zeros((len(whole), n_factors + 2), np.bool_)
    alike[whole, :2] = True
    moved = np.any(mixed[whole] != base[whole, None], axis=0)
    influences = [
        Influence(
            (cells.factors[k].path,),
            moved=bool(moved[k]),
            first=None if found is None else found.first[k],
            total=None if found is None else found.total[k],
        )
        for k in cells.varying.tolist()
    ]
    return Told(
        _sorted(influences),
        None if found is None else found.sum_first,
        alike.ravel(),
        n_dropped=int(np.count_nonzero(cells.ok)) - int(np.count_nonzero(whole)) * (n_factors + 2),
        n_base=int(np.count_nonzero(whole)),
    )


def _morris(cells: Studied) -> Told:
    n_factors = len(cells.factors)
    whole = _whole(cells, n_factors + 1, "trajectory")
    kept = np.repeat(whole, n_factors + 1)
    effects = effects_of(cells.values[kept], cells.result[kept], [_reach(factor) for factor in cells.factors])
    found = elementary(effects)
    influences = [
        Influence((cells.factors[k].path,), moved=bool(np.any(effects[:, k])), steps=found[k])
        for k in cells.varying.tolist()
    ]
    dropped = int(np.count_nonzero(cells.ok)) - int(np.count_nonzero(kept))
    return Told(_sorted(influences), None, np.zeros(len(kept), np.bool_), n_dropped=dropped)


def _reach(factor: Factor) -> float:
    """Tell how far apart the ends of a factor are that had values of its own; words have no distance."""
    if factor.categorical:
        return float("inf")
    return max(factor.levels) - min(factor.levels) if factor.levels else 0.0


def _any(cells: Studied) -> Told:
    values, result = cells.values[cells.ok], cells.result[cells.ok]
    varying = cells.varying.tolist()
    found = first_orders(values[:, varying], result, balanced=cells.design == "sobol", seed=cells.seed)
    firsts: Sequence[Estimate | None] = [None] * len(varying) if found is None else found[0]
    influences = [Influence((cells.factors[k].path,), first=first) for k, first in zip(varying, firsts, strict=True)]
    # In a list factors change together, so that what one explains another may explain as well.
    sum_first = None if found is None or cells.design == "list" else found[1]
    return Told(_sorted(influences), sum_first, cells.ok)


def _grid(cells: Studied) -> Told:
    varying = cells.varying.tolist()
    found = grid_indices(cells.values[:, varying], cells.result) if varying and np.all(cells.ok) else None
    if found is None:
        return _any(cells)
    exact = [[Estimate(value, value, value) for value in kind.tolist()] for kind in found]
    influences = [
        Influence((cells.factors[k].path,), moved=total.estimate > 0, first=first, total=total)
        for k, first, total in zip(varying, *exact, strict=True)
    ]
    share = float(np.sum(found[0]))
    return Told(_sorted(influences), Estimate(share, share, share), cells.ok, exact=True)


def _whole(cells: Studied, n_rows: int, noun: str) -> Mask:
    """Tell which base points or walks have all their results."""
    if len(cells.ok) % n_rows:
        raise UsageError(
            f"{_of(cells)} has {len(cells.ok):,} cells, no whole number of times the {n_rows} of one {noun}"
        )
    return np.all(cells.ok.reshape(-1, n_rows), axis=1)


def _of(cells: Studied) -> str:
    return "the study" if cells.policy is None else f"the study under policy {cells.policy}"


def _sorted(influences: list[Influence]) -> tuple[Influence, ...]:
    return tuple(sorted(influences, key=lambda one: -one.size))


_DESIGNS: Mapping[str, Callable[[Studied], Told]] = {"saltelli": _saltelli, "morris": _morris, "grid": _grid}
