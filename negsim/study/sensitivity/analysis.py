"""Which of the things that a study varied decide a result: whatever its design can tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.study.sensitivity.advice import advise
from negsim.study.sensitivity.by_design import Told, told_by_design
from negsim.study.sensitivity.pawn import N_SLICES, Pawn, pawn
from negsim.study.sensitivity.regional import Split, split_of_labels, split_of_values
from negsim.study.sensitivity.result import Findings, Placed, Sensitivity, Swing
from negsim.study.sensitivity.studied import Studied, by_policy, result_of
from negsim.study.sensitivity.tornado import mean_of, swing_of
from negsim.study.table import StudyTable

__all__ = ["Outcome", "study_sensitivity"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_LEAST_CELLS = 2
_LEAST_IN_SLICES = 20
_CELLS_A_SLICE = 10


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """A yes/no outcome of cells: as written, where it ``holds`` and where that is ``known`` (cell,) of the table."""

    text: str
    holds: Mask
    known: Mask


def study_sensitivity(table: StudyTable, *, of: str | None = None, where: Outcome | None = None) -> Sensitivity:
    """Find which factors of a study decide a result.

    Parameters
    ----------
    table : StudyTable
        All planned cells in the order of their design; those without a result are left out.
    of : str, optional
        Name of a result; the first of P(zone), P(agreement), and that of the calendar of talks, if left out.
    where : Outcome, optional
        Tell as well how differently factors are spread where this holds.

    Returns
    -------
    Sensitivity
        One finding, or one for each policy. A saltelli design tells first-order and total indices, a morris design
        elementary effects, a whole grid exact indices, any other first-order indices.

    Raises
    ------
    UsageError
        If there is no such result, no factor that varies, too few cells, or none with or without the outcome.

    Examples
    --------
    >>> from negsim.study.table import Factor
    >>> x = np.repeat([0.0, 1.0], 2)
    >>> factors = (Factor("a", x), Factor("b", np.tile([0.0, 1.0], 2)))
    >>> cells = np.arange(4)
    >>> table = StudyTable("s", "grid", 0, cells, cells >= 0, factors, {"p_zone": x * factors[1].values})
    >>> [(one.paths[0], round(one.total.estimate, 3)) for one in study_sensitivity(table).findings[0].influences]
    [('a', 0.667), ('b', 0.667)]
    """
    name = result_of(table, of)
    findings = tuple(_find(cells, name, where) for cells in by_policy(table, name))
    share = name.rpartition(".")[2].startswith("p_")
    text = None if where is None else where.text
    return Sensitivity("study", table.name, "", name, share, table.design, table.seed, text, findings)


def _find(cells: Studied, name: str, where: Outcome | None) -> Findings:
    n_ok = int(np.count_nonzero(cells.ok))
    under = "" if cells.policy is None else f" under policy {cells.policy}"
    if n_ok < _LEAST_CELLS:
        raise UsageError(f"{n_ok} of {len(cells.ok):,} cells{under} have a result {name}: that tells nothing yet")
    if not len(cells.varying):
        raise UsageError(f"no factor has more than one value in the cells{under} that have a result {name}")
    told = told_by_design(cells)
    results = cells.result[told.alike]
    every = cells.result[cells.ok]
    placed, n_with = _placed(cells, told, results, where)
    return Findings(
        policy=cells.policy,
        n_cells=len(cells.ok),
        n_failed=len(cells.ok) - n_ok,
        n_dropped=told.n_dropped,
        n_base=told.n_base,
        middle=mean_of(results if len(results) > 1 else every, exact=told.exact),
        varies=bool(np.any(every != every[0])),
        exact=told.exact,
        influences=told.influences,
        sum_first=told.sum_first,
        placed=placed,
        swings=_swings(cells, told, results),
        constant=cells.constant,
        n_with=n_with,
        advice=advise(told.influences, told.n_base),
    )


def _swings(cells: Studied, told: Told, results: Array) -> tuple[Swing, ...]:
    if len(results) < _LEAST_CELLS:
        return ()
    values = cells.values[told.alike]
    found = [swing_of(cells.factors[k], values[:, k], results, exact=told.exact) for k in cells.varying.tolist()]
    return tuple(sorted((one for one in found if one), key=lambda swing: -abs(swing.difference.estimate)))


def _placed(cells: Studied, told: Told, results: Array, where: Outcome | None) -> tuple[tuple[Placed, ...], int | None]:
    """Measure how distributions move, and how factors are spread with and without the outcome."""
    varying = cells.varying
    moves: Sequence[Pawn | None] = [None] * len(varying)
    if len(results) >= _LEAST_IN_SLICES and np.any(results != results[0]):
        n_slices = min(N_SLICES, len(results) // _CELLS_A_SLICE)
        moves = pawn(cells.values[told.alike][:, varying], results, n_slices=n_slices, seed=cells.seed)
    splits: Sequence[Split | None] = [None] * len(varying)
    n_with = None
    if where is not None:
        splits, n_with = _splits(cells, where)
    found = [
        Placed(
            cells.factors[k].path,
            coin=False,
            pawn=move,
            split=split,
            at_label=cells.factors[k].labels[int(split.at)] if split and cells.factors[k].categorical else None,
        )
        for k, move, split in zip(varying.tolist(), moves, splits, strict=True)
        if move or split
    ]
    return tuple(sorted(found, key=_most_telling)), n_with


def _splits(cells: Studied, where: Outcome) -> tuple[list[Split], int]:
    known, holds = where.known[cells.rows], where.holds[cells.rows]
    held = holds[known]
    n_with = int(np.count_nonzero(held))
    if n_with in (0, len(held)):
        under = "" if cells.policy is None else f" under policy {cells.policy}"
        which = "none" if n_with == 0 else "all"
        raise UsageError(f"{which} of {len(held):,} cells{under} have --where {where.text!r}: nothing to compare with")
    values = cells.values[known]
    found = []
    for k in cells.varying.tolist():
        split = split_of_labels if cells.factors[k].categorical else split_of_values
        found.append(split(values[:, k], held, len(cells.varying)))
    return found, n_with


def _most_telling(one: Placed) -> float:
    return -(one.split.distance if one.split else one.pawn.largest if one.pawn else 0.0)
