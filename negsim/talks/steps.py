"""Uniform numbers for what happens on the way: a pure function of the seed, a path with its step, and the world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.sampling import SERIES, sample_series, sample_step
from negsim.records import dataclass
from negsim.zone.counting import Run

__all__ = ["Steps"]

Array = NDArray[np.float64]


@dataclass(slots=True)
class Steps:
    """The numbers of the first worlds of some blocks, each path's by itself.

    Steps are no dimensions of a Sobol' sequence, whose worth lies in few of them: there they are Latin hypercubes too.
    """

    seed: int
    sampler: str
    run: Run

    @property
    def n_worlds(self) -> int:
        """Worlds in all blocks."""
        return sum(n for _, n in self.run)

    def __call__(self, *path: str) -> Array:
        """Give the numbers at a path, strictly between 0 and 1: (world,)."""
        return np.concatenate(
            [
                sample_step(path, sampler=self.sampler, seed=self.seed, block=block)[:n_worlds]
                for block, n_worlds in self.run
            ]
        )

    def series(self, path: Path, n_known: int, n_steps: int) -> Array:
        """Give the numbers of the steps of a path from those that are known to so many or more: (step, world).

        They come in runs of `SERIES`, of which ``n_known`` is a multiple.
        """
        parts = range(n_known // SERIES, -(-n_steps // SERIES))
        return np.concatenate([np.empty((0, self.n_worlds)), *(self._part(path, part) for part in parts)])

    def _part(self, path: Path, part: int) -> Array:
        drawn = [
            sample_series(path, part, sampler=self.sampler, seed=self.seed, block=block)[:, :n_worlds]
            for block, n_worlds in self.run
        ]
        return np.concatenate(drawn, axis=1)
