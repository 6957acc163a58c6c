"""How much likelier something is under one policy than under another: world by world, over many combinations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.model.estimates import Estimate, between_blocks, paired_difference, widened
from negsim.model.intervals import paired, share_interval
from negsim.model.weighted import effective_size
from negsim.records import dataclass
from negsim.study.outcomes import block_sizes, by_block

__all__ = ["Cell", "differences"]

Array = NDArray[np.float64]

Cell = tuple[NDArray[np.bool_], Array | None]
"""Where something happened in one cell (world,), and what each world counts for, None where all count alike."""


def differences(combinations: Iterable[Sequence[Cell]], n_policies: int, n_worlds: int) -> list[Estimate]:
    """Estimate by how much each policy but the first makes something likelier than the first does.

    Parameters
    ----------
    combinations : iterable of sequence of Cell
        The cells of one combination of what is varied, a policy each; one combination is held at a time.
    n_policies, n_worlds : int

    Returns
    -------
    list of Estimate
        For the second policy and all after it: the mean over combinations, each counting alike. The interval is that
        of the worlds; the combinations are taken as they are. Where all worlds count alike it is that of
        `paired_difference`, at the mean over combinations of the worlds gained and lost. Where they count by how well
        they fit what was seen, which a policy may change, a world gains or loses what it weighs more or less under the
        policy; the interval is the wider of Student's over the full blocks, by the linearised ratios of both policies,
        and of the one put together of gains and losses at the smallest effective size of all cells.

    References
    ----------
    Owen (2013), Monte Carlo theory, methods and examples, eq. 9.9, for the residuals of self-normalised estimates, here
    of two that share their worlds; Zou & Donner (2008), as for `paired_difference`.

    Examples
    --------
    >>> base, policy = np.zeros(8, bool), np.arange(8) < 4
    >>> differences([[(base, None), (policy, None)]], n_policies=2, n_worlds=8)
    [Estimate(estimate=0.5, low=0.033..., high=0.784...)]
    """
    sums = [_Sums(block_sizes(n_worlds)) for _ in range(n_policies - 1)]
    for first, *others in combinations:
        for adding, other in zip(sums, others, strict=True):
            adding.add(other, first)
    return [one.estimate() for one in sums]


@dataclass(slots=True)
class _Sums:
    """What is added up over combinations, by block, of a policy beside the first."""

    sizes: NDArray[np.int64]
    gained: Array = field(init=False)
    lost: Array = field(init=False)
    residual: Array = field(init=False)
    n: int = 0
    n_effective: float = np.inf
    weighted: bool = False

    def __post_init__(self) -> None:
        self.gained, self.lost, self.residual = (np.zeros(len(self.sizes)) for _ in range(3))

    def add(self, policy: Cell, first: Cell) -> None:
        """Take in one combination."""
        self.n += 1
        (held, weight), (held_first, weight_first) = policy, first
        if weight is None or weight_first is None:
            self.gained += by_block(held & ~held_first)
            self.lost += by_block(held_first & ~held)
            return
        self.weighted = True
        scaled, scaled_first = weight / np.mean(weight), weight_first / np.mean(weight_first)
        more = scaled * held - scaled_first * held_first
        self.gained += self._by_block(np.maximum(more, 0.0))
        self.lost += self._by_block(np.maximum(-more, 0.0))
        self.residual += self._residual(scaled, held) - self._residual(scaled_first, held_first)
        self.n_effective = min(self.n_effective, effective_size(weight), effective_size(weight_first))

    def estimate(self) -> Estimate:
        """Put the sums together."""
        gained, lost = self.gained / self.n, self.lost / self.n
        if not self.weighted:
            return paired_difference(gained, lost, self.sizes)
        n = self.n_effective
        shares = [min(float(np.sum(one) / np.sum(self.sizes)), 1.0) for one in (gained, lost)]
        found = paired(*(share_interval(share * n, n) for share in shares))
        full = self.sizes == self.sizes[0]
        return widened(found, between_blocks(self.residual[full] / self.n / self.sizes[0]))

    def _residual(self, scaled: Array, held: NDArray[np.bool_]) -> Array:
        """Spread the error of a weighted share over blocks."""
        return self._by_block(scaled * (held - np.mean(scaled * held)))

    def _by_block(self, values: Array) -> Array:
        return np.asarray(np.add.reduceat(values, np.cumsum(self.sizes) - self.sizes))
