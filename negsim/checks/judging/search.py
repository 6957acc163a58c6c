"""A search for worlds that break a claim, led by how nearly they do; below testing, only this knows Hypothesis."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.points import Factor, centre_of

__all__ = ["Searched", "search"]

Points = NDArray[np.float64]

_STEPS = 100
"""How finely the way from the centre of a factor to either end is cut."""


_FURTHEST = 1e300
"""Beyond this one margin is as good as another."""

_MOST_MOVED = 24
"""So many factors, at most, leave their centres at a time where there are more."""


_FROM = 10**12 + 7
"""Where the numbers begin that Hypothesis draws from.

It tries constants of modules that happen to be loaded, too; there are none so far out, so that the seed alone decides.
"""


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
        # What breaks the claim is asked once more, and must then break it whatever the time is.
        if found.point is None:
            found.out_of_time = found.out_of_time or time.monotonic() > ends
            if found.out_of_time or found.n_cases == max_examples:
                return
        point = _point(factors, moves)
        here = float(margin(point[None])[0])
        found.n_cases += found.point is None
        if here < 0:
            found.point = point
            raise _Broken
        target(float(np.clip(-here, -_FURTHEST, _FURTHEST)))

    with _nothing_kept(), contextlib.suppress(_Broken):
        look()
    return found


@contextlib.contextmanager
def _nothing_kept() -> Iterator[None]:
    """Let Hypothesis leave no folder of its own behind where somebody happens to be."""
    from hypothesis import configuration

    before = getattr(configuration, "__hypothesis_home_directory", None)
    with tempfile.TemporaryDirectory() as folder:
        configuration.set_hypothesis_home_dir(folder)
        try:
            yield
        finally:
            configuration.set_hypothesis_home_dir(before)


def _quiet() -> Any:
    from hypothesis import Verbosity

    return Verbosity.quiet


def _moves(n_factors: int) -> Any:
    """Draw how far each factor is moved from its centre, in steps to its lower or upper end."""
    from hypothesis import strategies as st

    step = st.integers(_FROM, _FROM + 2 * _STEPS).map(lambda n: n - _FROM - _STEPS)
    if n_factors <= _MOST_MOVED:
        return st.tuples(*[step] * n_factors)
    which = st.integers(_FROM, _FROM + n_factors - 1).map(lambda n: n - _FROM)
    some = st.dictionaries(which, step, max_size=_MOST_MOVED)
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
