"""The cells of a study as columns: what was varied, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass

__all__ = ["POLICY", "Factor", "StudyTable"]

POLICY = "policy"
"""The path of the factor that tells policies apart."""


@dataclass(frozen=True, slots=True, eq=False)
class Factor:
    """Something that was varied.

    ``values`` (cell,) are numbers; of a categorical factor, positions among its ``labels``, which are empty for
    numbers. ``levels`` are the separate numbers that it was given, empty where it was varied over all between.
    """

    path: str
    values: NDArray[np.float64]
    labels: tuple[str, ...] = ()
    levels: tuple[float, ...] = ()

    @property
    def categorical(self) -> bool:
        """Whether its values are words without an order."""
        return bool(self.labels)

    def text(self, row: int) -> str:
        """Say its value in one cell."""
        value = float(self.values[row])
        return self.labels[int(value)] if self.labels else f"{value:.6g}"


@dataclass(frozen=True, slots=True, eq=False)
class StudyTable:
    """All planned cells of a study, in the order of its design.

    ``cell`` (cell,) are their numbers; ``done`` (cell,) tells which have results. ``results[name]`` (cell,) are
    float64, not a number where there is none: a cell that is not done, or a result that does not exist there. Where
    policies are compared, ``policy`` is the last factor. ``design`` names the design, ``seed`` is that of its points.
    """

    name: str
    design: str
    seed: int
    cell: NDArray[np.int64]
    done: NDArray[np.bool_]
    factors: tuple[Factor, ...]
    results: Mapping[str, NDArray[np.float64]]
