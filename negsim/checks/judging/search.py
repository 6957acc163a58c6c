"""A search for worlds that break a claim, led by how nearly they do; below testing, only this knows Hypothesis."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.points import Factor, centre_of

__all__ = ["Searched", "search"]

Points = NDArray[np.float64]

_STEPS = 100
"""How finely the way from the centre of a factor to either end is cut."""

_MOST_MOVED = 24
"""So many factors, at most, leave their centres at a time where there are more."""


class _Broken(Exception):
    """A world breaks the claim."""


class Searched:
    """How a search went: ``point`` breaks the claim, if any did; ``n_cases`` worlds were looked at."""

    def __init__(self) -> None:
        self.point: Points | None = None
        self.n_cases = 0
        self.out_of_time = False


def search(
    margin: Callable[[Points], NDArray[np.float64]],
    factors: tuple[Factor, ...],
    *,
    max_examples: int,
    seed: int = 0,
    max_seconds: float = float("inf"),
) -> Searched:
    """Look for a world with a margin below 0.

    Parameters
    ----------
    margin : function of points (world, factor) to margins (world,)
    factors : tuple of Factor
    max_examples : int
        How many worlds to look at, at most.
    seed : int
        The same seed finds the same.
    max_seconds : float
        After which to look no further.

    Raises
    ------
    UsageError
        If Hypothesis is not installed.
    """
    try:
        from hypothesis import HealthCheck, Phase, given, settings, target
        from hypothesis import seed as seeded
    except ImportError:
        raise UsageError("searching needs Hypothesis: pip install 'negsim[test]', or leave the search out") from None
    found = Searched()
    if not factors or max_examples < 1:
        return found
    ends = time.monotonic() + max_seconds

    @seeded(seed)
    @settings(
        max_examples=max_examples,
        phases=(Phase.generate, Phase.target),
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        verbosity=_quiet(),
    )
    @given(_moves(len(factors)))
    def look(moves: list[int]) -> None:
        if found.out_of_time or time.monotonic() > ends:
            found.out_of_time = True
            return
        point = _point(factors, moves)
        here = float(margin(point[None])[0])
        found.n_cases += 1
        if here < 0:
            found.point = point
            raise _Broken
        target(-here)

    try:
        look()
    except _Broken:
        pass
    return found


def _quiet():  # type: ignore[no-untyped-def]
    from hypothesis import Verbosity

    return Verbosity.quiet


def _moves(n_factors: int):  # type: ignore[no-untyped-def]
    """Draw how far each factor is moved from its centre, in steps to its lower or upper end."""
    from hypothesis import strategies as st

    step = st.one_of(st.sampled_from((-_STEPS, _STEPS)), st.integers(-_STEPS, _STEPS))
    if n_factors <= _MOST_MOVED:
        return st.tuples(*[step] * n_factors)
    some = st.dictionaries(st.integers(0, n_factors - 1), step, max_size=_MOST_MOVED)
    return some.map(lambda moved: [moved.get(k, 0) for k in range(n_factors)])


def _point(factors: tuple[Factor, ...], moves: list[int]) -> Points:
    point = centre_of(factors)
    for k, (factor, move) in enumerate(zip(factors, moves, strict=True)):
        if factor.is_coin:
            point[k] = (factor.low + factor.high - factor.centre) if move < 0 else factor.centre
        else:
            end = factor.high if move > 0 else factor.low
            point[k] = factor.centre + (end - factor.centre) * abs(move) / _STEPS
    return point
