"""Tables of studies whose results are a known function of what was varied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.study.table import Factor, StudyTable

Array = NDArray[np.float64]


def table_of(
    design: str,
    values: Array,
    results: dict[str, Array],
    *,
    names: Sequence[str] = "abcdefgh",
    labels: Mapping[str, tuple[str, ...]] | None = None,
    done: NDArray[np.bool_] | None = None,
) -> StudyTable:
    """Build a table of cells, (cell, factor); of factors with labels, positions."""
    cell = np.arange(len(values))
    factors = tuple(
        Factor(name, values[:, k], (labels or {}).get(name, ()))
        for k, name in zip(range(values.shape[1]), names, strict=False)
    )
    return StudyTable("made", design, 0, cell, cell >= 0 if done is None else done, factors, results)
