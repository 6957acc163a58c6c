"""One peeling of 10,000 cells of 12 quantities, beside EMA Workbench's PRIM, and a whole discovery.

A box of three quantities is planted, with 5 % of all cells turned over. Both peel with slices of 5 % and paste; EMA
Workbench does so in `find_box`, on a DataFrame. negsim's figure is for `peel`, the choice of a box and `refine`, which
drops limits and pastes; EMA Workbench leaves the choice to the user, so of both the densest box of half the coverage or
more is compared. Last, what `negsim discover` does: three regions at most, each tried again in 20 halves, which EMA
Workbench does for one box by `resample`, ten times by default.
"""

from __future__ import annotations

import contextlib
import io
import logging
from typing import Any

import numpy as np
import pandas as pd
from ema_workbench.analysis import prim

from benchmarks.timing import Row, median, run_in_turn
from negsim.model.sampling import sample_table
from negsim.study import Factor, StudyTable
from negsim.study.discovery.analysis import discover
from negsim.study.discovery.choosing import Choice, choose
from negsim.study.discovery.prim import peel
from negsim.study.discovery.quasi_p import refine
from negsim.study.discovery.regions import Points, inside
from negsim.study.where import parse_where

__all__ = ["measure"]

N_CELLS, N_FACTORS = 10_000, 12
HALF = Choice(coverage=0.5)


def measure() -> list[Row]:
    """Time both, and compare the boxes."""
    points = _planted()
    table = StudyTable(
        "planted", "lhs", 1, np.arange(N_CELLS), np.ones(N_CELLS, dtype=bool),
        tuple(Factor(f"x{k}", column) for k, column in enumerate(points.columns)),
        {"p": points.interest.astype(float)},
    )  # fmt: skip
    frame = pd.DataFrame(points.columns.T, columns=[f"x{k}" for k in range(N_FACTORS)])
    where = parse_where("p > 0.5", {"p": ()})
    logging.getLogger("EMA").setLevel(logging.ERROR)
    seconds = run_in_turn(
        {
            "peel": lambda: peel(points),
            "ours": lambda: _find(points),
            "theirs": lambda: _find_with_ema(frame, points.interest),
            "discover": lambda: discover(table, where),
        },
        rounds=3,
    )
    ours, theirs = _find(points), _find_with_ema(frame, points.interest)
    ratio = median(seconds["theirs"]) / median(seconds["ours"])
    return [
        Row("peel, choose, drop limits and paste, negsim", f"{median(seconds['ours']):.3f} s", "0.2 s"),
        Row("only the peeling, negsim", f"{median(seconds['peel']):.3f} s"),
        Row("peel and paste, EMA Workbench", f"{median(seconds['theirs']):.2f} s"),
        Row("negsim against EMA Workbench", f"{ratio:.0f} times", "10 times"),
        Row("coverage, density and mass of the box, negsim", _shares(*ours)),
        Row("of EMA Workbench's", _shares(*theirs), "about the same"),
        Row("whole discovery: regions, 20 halves each, negsim", f"{median(seconds['discover']):.2f} s"),
    ]


def _planted() -> Points:
    columns = sample_table("benchmark", (N_FACTORS, N_CELLS), seed=1)
    box = (columns[0] > 0.62) & (columns[3] < 0.8) & (columns[7] > 0.3) & (columns[7] < 0.7)
    turned = sample_table("benchmark noise", (N_CELLS,), seed=1) < 0.05
    return Points(columns, (False,) * N_FACTORS, box ^ turned)


def _find(points: Points) -> tuple[float, float, float]:
    trajectory = peel(points)
    region, _ = refine(trajectory[choose(trajectory, HALF)].region, points)
    within = inside(region, points)
    n_hits = np.count_nonzero(within & points.interest)
    return (
        n_hits / points.n_interest,
        n_hits / np.count_nonzero(within),
        float(np.mean(within)),
    )


def _find_with_ema(frame: pd.DataFrame, interest: Any) -> tuple[float, float, float]:
    with contextlib.redirect_stdout(io.StringIO()):
        way = prim.Prim(frame, interest, threshold=0.5, peel_alpha=0.05).find_box().peeling_trajectory
    best = way[way["coverage"] >= HALF.coverage].sort_values("density").iloc[-1]
    return float(best["coverage"]), float(best["density"]), float(best["mass"])


def _shares(coverage: float, density: float, mass: float) -> str:
    return f"{coverage:.0%}, {density:.0%}, {mass:.1%}"
