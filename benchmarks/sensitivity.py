"""Sensitivity indices beside SALib: the same results of a model, analysed by both in turn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import pawn as salib_pawn
from SALib.analyze import sobol as salib_sobol

from benchmarks.timing import Row, Work, median, run_in_turn
from negsim.model.sampling import sample_table
from negsim.study.designs_saltelli import saltelli, split_rows
from negsim.study.sensitivity.pawn import pawn
from negsim.study.sensitivity.sobol_indices import sobol_indices

__all__ = ["measure"]

N_FACTORS, N_BASE, N_CELLS = 12, 4096, 10_000
_WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99, 1, 4.5, 9, 99])
_PROBLEM = {
    "num_vars": N_FACTORS,
    "names": [f"x{k}" for k in range(N_FACTORS)],
    "bounds": [[0, 1]] * N_FACTORS,
}


def measure() -> list[Row]:
    """Time indices from 4,096 base points and PAWN over 10,000 cells, both of 12 factors."""
    return [*_indices(), *_pawn()]


def _model(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Evaluate the g-function of Sobol'."""
    return np.asarray(np.prod((np.abs(4 * x - 2) + _WEIGHTS) / (1 + _WEIGHTS), axis=1))


def _indices() -> list[Row]:
    values = _model(saltelli(N_FACTORS, N_BASE, seed=0))
    base, other, mixed = split_rows(values, N_FACTORS)
    theirs = np.column_stack([base, mixed, other]).ravel()  # SALib puts B last
    part = np.repeat(np.arange(8), N_BASE // 8)
    works: dict[str, Work] = {
        "negsim": lambda: sobol_indices(base, other, mixed, part=part),
        "resampled": lambda: sobol_indices(base, other, mixed),
        "SALib": lambda: salib_sobol.analyze(_PROBLEM, theirs, calc_second_order=False, num_resamples=100, seed=1),
    }
    seconds = {name: median(found) for name, found in run_in_turn(works).items()}
    ratio = seconds["SALib"] / seconds["negsim"]
    return [
        Row("Sobol' indices, 12 factors, 4,096 base points", f"{seconds['negsim'] * 1e3:.1f} ms"),
        Row("the same, points resampled 1,000 times", f"{seconds['resampled'] * 1e3:.0f} ms"),
        Row("the same, SALib, points resampled 100 times", f"{seconds['SALib'] * 1e3:.0f} ms"),
        Row("SALib against negsim", f"{ratio:.0f} times", "10 times"),
    ]


def _pawn() -> list[Row]:
    x = sample_table("cells", (N_CELLS, N_FACTORS), seed=0)
    values = _model(x)
    works: dict[str, Work] = {
        "negsim": lambda: pawn(x, values),
        "SALib": lambda: salib_pawn.analyze(_PROBLEM, x, values, S=10),
    }
    seconds = {name: median(found) for name, found in run_in_turn(works, rounds=3).items()}
    ratio = seconds["SALib"] / seconds["negsim"]
    return [
        Row("PAWN, 12 factors, 10,000 cells, with what chance makes of it", f"{seconds['negsim'] * 1e3:.0f} ms"),
        Row("the same, SALib, which tells nothing of chance", f"{seconds['SALib'] * 1e3:.0f} ms"),
        Row("SALib against negsim", f"{ratio:.1f} times"),
    ]
