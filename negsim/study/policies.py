"""Policies compared in the same worlds: paired differences, and how each does over all that is uncertain.

Every policy is tried in every combination of what is varied, and in each of them in the same worlds. What is averaged
over combinations counts each of them alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import MIN_BLOCKS, Estimate, between_blocks, paired_difference, widened
from negsim.model.intervals import hybrid, share_interval
from negsim.scenario.words import did_you_mean
from negsim.study.outcomes import HEADLINES, block_sizes, by_block
from negsim.study.reading import ReadStudy, read_packed, read_weights

__all__ = ["PolicyComparison", "PolicyFound", "compare_policies", "headlines_of"]

Array = NDArray[np.float64]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PolicyFound:
    """How one policy does over all combinations.

    ``mean`` is the mean of the result, ``percentile`` its low percentile over combinations, ``worst`` its lowest;
    ``satisfied`` the share of combinations in which it is as good as is asked; ``mean_regret`` and ``max_regret`` how
    far it stays behind the best policy of each combination. ``difference`` is from the first policy, None for that
    itself.
    """

    name: str
    mean: float
    percentile: float
    worst: float
    satisfied: Estimate
    mean_regret: float
    max_regret: float
    difference: Estimate | None


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Policies compared by one result; ``n_rows`` combinations were done under all of them, ``n_left_out`` were not."""

    of: str
    threshold: float
    low: float
    n_rows: int
    n_left_out: int
    policies: tuple[PolicyFound, ...]


def headlines_of(study: ReadStudy) -> tuple[str, ...]:
    """Name the probabilities that a study's cells can be compared by."""
    return tuple(name for name in HEADLINES if name in study.table.results)


def compare_policies(
    study: ReadStudy, of: str = "", *, threshold: float = 0.5, low: float = 0.1
) -> PolicyComparison | None:
    """Compare the policies of a study.

    Parameters
    ----------
    study : ReadStudy
    of : str
        One of `headlines_of`; the first if left out.
    threshold : float
        What is good enough: a policy is satisfied where its result is at least this.
    low : float
        Which low percentile to report, as a share.

    Returns
    -------
    PolicyComparison or None
        None where no combination was done under all policies.

    Raises
    ------
    UsageError
        If the study compares no policies, or has no such result.

    References
    ----------
    Savage (1951), Journal of the American Statistical Association 46, 55-67, for regret; Simon (1956), Psychological
    Review 63, 129-138, for satisficing, and Starr (1963) for its share as a domain criterion. McPhail et al. (2018),
    Earth's Future 6, 169-191, set these and the low percentile side by side.
    """
    names = [policy.name for policy in study.sweep.policies]
    if len(names) < 2:
        raise UsageError(f"{study.folder} compares no policies; sweep with --policy NAME=PATH=VALUE")
    known = headlines_of(study)
    of = of or known[0]
    if of not in known:
        raise UsageError(f"--of {of}: {did_you_mean(of, known)}")
    value = study.table.results[of].reshape(-1, len(names))
    whole = np.all(np.isfinite(value), axis=1)
    if not np.any(whole):
        return None
    kept = value[whole]
    best = np.max(kept, axis=1, keepdims=True)
    pairs = _Pairs.of(study, of, whole, len(names))
    return PolicyComparison(
        of=of,
        threshold=threshold,
        low=low,
        n_rows=len(kept),
        n_left_out=int(np.count_nonzero(~whole)),
        policies=tuple(
            PolicyFound(
                name=name,
                mean=float(np.mean(kept[:, k])),
                percentile=float(np.quantile(kept[:, k], low, method="inverted_cdf")),
                worst=float(np.min(kept[:, k])),
                satisfied=_satisfied(kept[:, k], threshold),
                mean_regret=float(np.mean(best[:, 0] - kept[:, k])),
                max_regret=float(np.max(best[:, 0] - kept[:, k])),
                difference=pairs.difference(k) if k else None,
            )
            for k, name in enumerate(names)
        ),
    )


def _satisfied(value: Array, threshold: float) -> Estimate:
    share, low, high = share_interval(float(np.count_nonzero(value >= threshold)), float(len(value)))
    return Estimate(share, low, high)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Where a result happened, world by world, in every combination under every policy: ``held[row][policy]``.

    ``weight[row][policy]`` (world,) are what worlds count there, None where all count alike.
    """

    held: Sequence[Sequence[NDArray[np.bool_]]]
    weight: Sequence[Sequence[Array]] | None
    n_worlds: int

    @classmethod
    def of(cls, study: ReadStudy, of: str, whole: NDArray[np.bool_], n_policies: int) -> _Pairs:
        """Read them from the rows that are whole."""
        packed, weighing = HEADLINES[of]
        n_worlds = study.sweep.n_worlds
        held = read_packed(study.folder, packed, n_worlds)
        weight = read_weights(study.folder, weighing) if weighing else None
        rows = np.flatnonzero(whole).tolist()

        laid = [_row(held, row, n_policies) for row in rows]
        return cls(laid, None if weight is None else [_row(weight, row, n_policies) for row in rows], n_worlds)

    def difference(self, policy: int) -> Estimate:
        """Estimate how much likelier the result is under a policy than under the first, over all combinations."""
        sizes = block_sizes(self.n_worlds)
        if self.weight is None:
            only = [(row[policy] & ~row[0], row[0] & ~row[policy]) for row in self.held]
            gained, lost = (np.mean([by_block(pair[side]) for pair in only], axis=0) for side in (0, 1))
            return paired_difference(gained, lost, sizes)
        return self._weighted(policy, sizes)

    def _weighted(self, policy: int, sizes: NDArray[np.int64]) -> Estimate:
        """Do the same where worlds count by how well they fit what was seen, which a policy may change."""
        assert self.weight is not None
        shares = np.zeros((len(self.held), 2))
        residual = np.zeros((len(self.held), 2, len(sizes)))
        starts = np.cumsum(sizes) - sizes
        effective = []
        for row, (held, weight) in enumerate(zip(self.held, self.weight, strict=True)):
            for side, k in enumerate((policy, 0)):
                scaled = weight[k] / np.mean(weight[k])
                shares[row, side] = np.mean(scaled * held[k])
                residual[row, side] = np.add.reduceat(scaled * (held[k] - shares[row, side]), starts) / sizes
                effective.append(np.sum(scaled) ** 2 / np.sum(scaled**2))
        one, other = np.mean(shares, axis=0).tolist()
        spread = np.mean(residual[:, 0] - residual[:, 1], axis=0)[sizes == sizes[0]]
        if len(spread) >= MIN_BLOCKS:
            return widened((one - other, one - other, one - other), between_blocks(spread))
        n = min(effective)
        return widened(hybrid(share_interval(one * n, n), share_interval(other * n, n)), 0.0)


def _row(cells: Sequence[T | None], row: int, n_policies: int) -> list[T]:
    """Take the cells of one combination, all of which have a result."""
    return [cell for cell in cells[row * n_policies : (row + 1) * n_policies] if cell is not None]
