"""What priorities and values imply: how much of one issue a party would give for how much of another.

Additive values make every pair of steps comparable: moving from one option to another on an issue gains weight times
the difference in value, in points of utility. A step counts only if some two outcomes differ in it alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from negsim.model.structure import Structure
from negsim.model.values import central_values, central_weights
from negsim.records import dataclass
from negsim.scenario.types import Scenario

__all__ = ["Step", "TradeOff", "central_trade_offs", "find_trade_offs"]

_EVEN = 1.05
"""Two gains this close count as equal."""

_TELLING = 1 / 3
"""Steps smaller than this share of an issue's whole swing say little about it."""

_MOST_CHOICES = 51


@dataclass(frozen=True, slots=True)
class Step:
    """A move on one issue from one choice to one the party likes better, and what it gains, in points of utility."""

    issue: str
    worse: int
    better: int
    gain: float


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Two steps on different issues, the heavier issue's first."""

    heavy: Step
    light: Step

    @property
    def ratio(self) -> float:
        """How many times the light step's gain the heavy step gains."""
        return self.heavy.gain / self.light.gain


Possible = Callable[[tuple[int, ...]], NDArray[np.bool_]]
"""Tells between which of some choices a step is possible: bool array (choice, choice)."""


def central_trade_offs(scenario: Scenario, structure: Structure) -> Mapping[str, tuple[TradeOff, ...]]:
    """Find each party's trade-offs with every quantity at its median, by party id.

    ``irrelevant`` is left out: it is never an option by itself. So are steps that no two outcomes differ in alone, and
    adjustments and red lines, which are not additive.
    """
    possible: dict[str, Possible] = {
        issue.id: cache(partial(structure.steps, k)) for k, issue in enumerate(scenario.issues)
    }
    n_options = {issue.id: len(issue.options) for issue in scenario.issues}
    weights, values = central_weights(scenario), central_values(scenario)
    return {
        party: find_trade_offs(
            weights[party], {issue: held[: n_options[issue]] for issue, held in values[party].items()}, possible
        )
        for party in values
    }


def find_trade_offs(
    weights: Mapping[str, float],
    values: Mapping[str, Sequence[float]],
    possible: Mapping[str, Possible] | None = None,
) -> tuple[TradeOff, ...]:
    """Compare each issue with the next lighter one, by two steps of as nearly equal gain as there are.

    Parameters
    ----------
    weights : mapping of issue to float
        Summing to 1.
    values : mapping of issue to sequence of float, (choice,)
        0 to 100.
    possible : mapping of issue to function, optional
        Between which choices a step is possible; all steps if left out.

    Returns
    -------
    tuple of TradeOff
        From the heaviest issue down; one fewer than there are issues with a step that gains. Among steps of equal gain
        (within 5 %) the pair with the larger steps.

    Examples
    --------
    A party gives money 60 % of the weight and the date 40 %; half of the scale of money gains 30 points.

    >>> (found,) = find_trade_offs({"money": 0.6, "date": 0.4}, {"money": (0, 50, 100), "date": (0, 75, 100)})
    >>> found.heavy.gain, found.light.gain
    (30.0, 30.0)
    """
    swings = {issue: weights[issue] * (max(held) - min(held)) for issue, held in values.items() if held}
    heaviest_first = sorted((issue for issue in swings if swings[issue] > 0), key=lambda issue: (-swings[issue], issue))
    steps = [
        _steps(issue, weights[issue], values[issue], possible[issue] if possible else _always)
        for issue in heaviest_first
    ]
    return tuple(_nearest(heavy, light) for heavy, light in pairwise(found for found in steps if found))


def _always(choices: tuple[int, ...]) -> NDArray[np.bool_]:
    return np.ones((len(choices), len(choices)), np.bool_)


def _steps(issue: str, weight: float, values: Sequence[float], possible: Possible) -> list[Step]:
    """List the telling steps of an issue, the largest first, then the shortest way."""
    choices = _spread(values)
    allowed = possible(choices)
    found = []
    for (i, first), (j, second) in combinations(enumerate(choices), 2):
        gain = weight * (values[second] - values[first])
        if allowed[i, j] and gain != 0:
            found.append(Step(issue, first, second, gain) if gain > 0 else Step(issue, second, first, -gain))
    least = max((step.gain for step in found), default=0.0) * _TELLING
    telling = [step for step in found if step.gain >= least]
    return sorted(telling, key=lambda step: (-step.gain, abs(step.better - step.worse), step.worse))


def _spread(values: Sequence[float]) -> tuple[int, ...]:
    """Take all choices; of a long scale so many spread evenly, and always the best and the worst."""
    last = len(values) - 1
    if last < _MOST_CHOICES:
        return tuple(range(len(values)))
    extremes = {values.index(min(values)), values.index(max(values))}
    return tuple(sorted(extremes | {round(k * last / (_MOST_CHOICES - 1)) for k in range(_MOST_CHOICES)}))


def _nearest(heavy: Sequence[Step], light: Sequence[Step]) -> TradeOff:
    """Pair the largest light step that has an equal; if none has, the two steps nearest to equal."""
    pairs = [TradeOff(_match(heavy, step.gain), step) for step in light]
    even = (pair for pair in pairs if _imbalance(pair) <= _EVEN)
    return next(even, min(pairs, key=_imbalance))


def _match(steps: Sequence[Step], gain: float) -> Step:
    """Find the step whose gain is nearest, by ratio; ``steps`` are sorted by falling gain."""
    place = bisect_left(steps, -gain, key=lambda step: -step.gain)
    near = steps[max(0, place - 1) : place + 1]
    best = min(near, key=lambda step: max(step.gain, gain) / min(step.gain, gain))
    # The first of equal gains is the shortest way to it.
    return next(step for step in steps if step.gain == best.gain)


def _imbalance(pair: TradeOff) -> float:
    return max(pair.ratio, 1 / pair.ratio)
