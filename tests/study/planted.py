"""Studies with a box planted in them, so that what discovery should find is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.model.sampling import sample_table
from negsim.study.discovery.analysis import discover
from negsim.study.discovery.result import Discovery
from negsim.study.table import Factor, StudyTable
from negsim.study.where import parse_where

WORDS = ("alternating_offers", "single_text", "ultimatum")

Columns = NDArray[np.float64]


def uniform(n_factors: int, n_cells: int, seed: int = 1) -> Columns:
    return sample_table("planted", (n_factors, n_cells), seed=seed)


def planted(
    columns: Columns,
    box: Callable[[Columns], NDArray[np.bool_]],
    *,
    noise: float = 0.05,
    seed: int = 1,
    words: int | None = None,
    design: str = "lhs",
) -> StudyTable:
    """A study whose result ``p`` is 1 in a box and 0 outside, turned over in a share of the cells (``noise``)."""
    columns = columns.copy()
    if words is not None:
        columns[words] = np.floor(columns[words] * len(WORDS))
    turned = sample_table("noise", (columns.shape[1],), seed=seed) < noise
    return study(columns, (box(columns) ^ turned).astype(float), words=words, design=design)


def study(columns: Columns, result: NDArray[Any], *, words: int | None = None, design: str = "lhs") -> StudyTable:
    n_cells = columns.shape[1]
    return StudyTable(
        name="planted",
        design=design,
        seed=1,
        cell=np.arange(n_cells),
        done=np.ones(n_cells, dtype=bool),
        factors=tuple(Factor(f"x{k}", column, WORDS if k == words else ()) for k, column in enumerate(columns)),
        results={"p": result},
    )


def found_in(table: StudyTable, where: str = "p > 0.5", **asked: object) -> Discovery:
    return discover(table, parse_where(where, {"p": (), **{f.path: f.labels for f in table.factors}}), **asked)  # type: ignore[arg-type]
