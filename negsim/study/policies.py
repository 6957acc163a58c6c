"""Policies compared in the same worlds: paired differences, and how each does over all that is uncertain.

Every policy is tried in every combination of what is varied, and in each of them in the same worlds. What is averaged
over combinations counts each of them alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.estimates import Estimate
from negsim.model.intervals import share_interval
from negsim.records import dataclass
from negsim.scenario.words import did_you_mean
from negsim.study.designs import SAMPLED
from negsim.study.outcomes import HEADLINES
from negsim.study.pairs import Cell, differences
from negsim.study.reading import ReadStudy, read_packed, read_weights

__all__ = ["PolicyComparison", "PolicyFound", "compare_policies", "headline_of", "headlines_of"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PolicyFound:
    """How one policy does over all combinations.

    ``mean`` is the mean of the result, ``percentile`` its low percentile over combinations, ``worst`` its lowest;
    ``satisfied`` the share of combinations in which it is as good as is asked, with an interval where the combinations
    are a sample; ``mean_regret`` and ``max_regret`` how far it stays behind the best policy of each combination.
    ``difference`` is from the first policy, None for that itself; its interval is that of the worlds.
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


def headline_of(study: ReadStudy, of: str = "") -> str:
    """Choose the probability to look at: the first unless one is named.

    Raises
    ------
    UsageError
        If the study has no such result.
    """
    known = headlines_of(study)
    if of and of not in known:
        raise UsageError(f"--of {of}: {did_you_mean(of, known)}")
    return of or known[0]


def compare_policies(
    study: ReadStudy, of: str = "", *, threshold: float = 0.5, low: float = 0.1
) -> PolicyComparison | None:
    """Compare the policies of a study by a probability, world by world and combination by combination.

    Parameters
    ----------
    study : ReadStudy
    of : str
        One of `headlines_of`, of which more is held to be better; the first if left out.
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
    of = headline_of(study, of)
    value = study.table.results[of].reshape(-1, len(names))
    whole = np.all(np.isfinite(value), axis=1)
    if not np.any(whole):
        return None
    kept = value[whole]
    best = np.max(kept, axis=1, keepdims=True)
    changes = [None, *differences(_combinations(study, of, whole), len(names), study.sweep.n_worlds)]
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
                satisfied=_satisfied(kept[:, k], threshold, sampled=study.design in SAMPLED),
                mean_regret=float(np.mean(best[:, 0] - kept[:, k])),
                max_regret=float(np.max(best[:, 0] - kept[:, k])),
                difference=changes[k],
            )
            for k, name in enumerate(names)
        ),
    )


def _satisfied(value: Array, threshold: float, *, sampled: bool) -> Estimate:
    """Give the share of combinations that are good enough; a chosen set of them has no interval."""
    share, low, high = share_interval(float(np.count_nonzero(value >= threshold)), float(len(value)))
    return Estimate(share, low, high) if sampled else Estimate(share, share, share)


def _combinations(study: ReadStudy, of: str, whole: NDArray[np.bool_]) -> Iterator[list[Cell]]:
    """Go through what happened, world by world, in the combinations that are whole."""
    packed, weighing = HEADLINES[of]
    n_policies = len(study.sweep.policies)
    held = read_packed(study.folder, packed)
    weight = read_weights(study.folder, weighing) if weighing else repeat(None)
    cells = zip(held, weight, strict=False)
    for row in whole.tolist():
        combination = list(islice(cells, n_policies))
        if row:
            yield [(happened, weight) for happened, weight in combination if happened is not None]
