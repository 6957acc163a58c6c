"""Uniform numbers for what happens on the way: a pure function of the seed, a path with its step, and the world."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.sampling import sample_uniforms

__all__ = ["Steps"]

Array = NDArray[np.float64]


@dataclass(slots=True)
class Steps:
    """The numbers of the first worlds of a block, each path's by itself.

    Steps are no dimensions of a Sobol' sequence, whose worth lies in few of them: there they are Latin hypercubes too.
    """

    seed: int
    sampler: str
    block: int
    n_worlds: int
    _known: dict[Path, Array] = field(default_factory=dict)

    def __call__(self, *path: str) -> Array:
        """Give the numbers at a path, strictly between 0 and 1: (world,)."""
        if path not in self._known:
            sampler = "lhs" if self.sampler == "sobol" else self.sampler
            drawn = sample_uniforms([path], sampler=sampler, seed=self.seed, block=self.block)[path]
            self._known[path] = drawn[: self.n_worlds]
        return self._known[path]
