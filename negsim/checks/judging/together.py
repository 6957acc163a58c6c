"""Judging claims on the worlds of a file taken together: by more and more worlds, or exactly where there are few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from math import log1p

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.asked import Asked
from negsim.checks.judging.bounds import Bounds
from negsim.checks.judging.counted import (
    Counted,
    Truth,
    added_up,
    compare_with_zero,
    is_sum,
    mean_of,
    settle,
    worlds_to_tell,
)
from negsim.checks.judging.variants import Changes, Chosen, Drawn, Sample, Variants
from negsim.checks.judging.verdicts import Figure, Judgement, Kind, Verdict
from negsim.errors import Path, UsageError, format_path
from negsim.model.intervals import exact_interval
from negsim.model.points import BLUFF, REAL, factors_of
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.claims.measures import SOLUTION_NAMES
from negsim.scenario.claims.tree import Change, Claim, Expectation, Measure, Trend
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.types import Scenario
from negsim.zone.counting import blocks_between

__all__ = ["ALPHA", "MOST_WORLDS", "judge_together", "steps_of"]

Values = NDArray[np.float64]

ALPHA = 1e-9
"""The probability, at most, that a verdict counted from worlds is wrong."""

MOST_WORLDS = 65_536
"""How many worlds are looked at before a claim is left undecided, if nothing else is said."""

_FIRST = 1_024
_ENOUGH = 4_096
"""So many worlds are looked at, at least, before that none does otherwise is enough."""

_RARE = 0.05
"""That none does otherwise is enough where no larger share of all worlds may, at `ALPHA`."""

_LOOKS = 4
"""How many worlds are looked at first, and how often there are four times as many."""

_SOLVED = 1_024
"""In so many worlds solutions are looked for, which takes long."""

_MOST_COINS = 12
"""Coins up to which all ways that they can fall are gone through."""

_STEPS = 8
"""Steps in which a quantity goes from one end to the other."""


@dataclass(frozen=True, slots=True)
class _Worlds:
    """Samples to be looked at, each with the worlds before it, and what all of them weigh, if that is all there is."""

    samples: Sequence[Sample]
    weight: Values | None


def judge_together(expectation: Expectation, variants: Variants, *, most_worlds: int = MOST_WORLDS) -> Judgement:
    """Judge a claim on all worlds taken together.

    Parameters
    ----------
    expectation : Expectation
        Of `Scope.FILE`.
    variants : Variants
    most_worlds : int
        How many worlds to look at, at most.

    Returns
    -------
    Judgement
        Wrong with a probability of `ALPHA` at most; not at all where all worlds there are were gone through. Of a
        trend, "holds" may mean that no world looked at does otherwise; which share of all may is then said, at `ALPHA`,
        and is a twentieth at most.

    Raises
    ------
    ScenarioError, UsageError
        If the scenario cannot be asked this.
    """
    claim = expectation.claim
    steps = steps_of(claim.change) if claim.change else ((),)
    worlds = _all_there_are(variants, claim, steps) or _more_and_more(most_worlds)
    alpha = ALPHA / len(worlds.samples)
    counts = [_Count(claim, variants, changes) for changes in steps]
    judgement = None
    for sample in worlds.samples:
        for count in counts:
            count.look_at(sample, worlds.weight)
        judge = _compared if claim.trend is None else _changed
        judgement = judge(expectation, counts, alpha, exact=worlds.weight is not None)
        if judgement.verdict is not Verdict.UNDECIDED and not (judgement.reason and counts[0].n_worlds < _ENOUGH):
            break
    assert judgement is not None
    return judgement


def steps_of(change: Change) -> tuple[Changes, ...]:
    """List the changes that a scenario goes through, the one that it starts from first."""
    path = format_path(change.path)
    if change.kind == "dropped":
        return ((), (f"{path}=null",))
    if change.kind == "becomes":
        return ((), (f"{path}={change.value}",))
    return tuple((f"{path}={value:.12g}",) for value in np.linspace(change.low, change.high, _STEPS + 1).tolist())


def values_of_steps(change: Change) -> tuple[float | None, ...]:
    """Give the value of what is changed at each step, where it is a number."""
    if change.kind != "goes":
        return (None, None)
    return tuple(np.linspace(change.low, change.high, _STEPS + 1).tolist())


def _more_and_more(most_worlds: int) -> _Worlds:
    ends = [min(most_worlds, _FIRST * 4**k) for k in range(_LOOKS)]
    ends = sorted({*ends, most_worlds})
    # The table of bargaining is set by what everybody thinks of the first block, which is not counted.
    runs = (blocks_between(BLOCK + a, BLOCK + b) for a, b in zip([0, *ends], ends, strict=False))
    return _Worlds([Drawn(run) for run in runs], None)


def _all_there_are(variants: Variants, claim: Claim, steps: Sequence[Changes]) -> _Worlds | None:
    """Go through all worlds, with their probabilities, where nothing but some coins is uncertain."""
    if any(one.name.endswith("agreement") for one in claim.measures.values()):
        return None  # Chances at the table are no part of a world.
    scenarios = [variants.scenario_with(changes) for changes in steps]
    known = [_known_coins(one) for one in scenarios]
    if any(one is None or one != known[0] for one in known):
        return None
    factors = factors_of(scenarios[0])
    if len(factors) > _MOST_COINS:
        return None
    chances = _chances(scenarios[0])
    points = np.array(list(product((BLUFF, REAL), repeat=len(factors))), np.float64).reshape(2 ** len(factors), -1)
    p = np.array([chances[one.path] for one in factors])
    weight = np.prod(np.where(points == REAL, p, 1 - p), axis=1) if factors else np.ones(1)
    return _Worlds([Chosen(factors, points)], weight)


def _known_coins(scenario: Scenario) -> dict[Path, float] | None:
    """List the coins of a scenario with their probabilities; None if anything else is uncertain."""
    uncertain = any(not isinstance(one.quantity, Constant | Same) for one in list_quantities(scenario))
    return None if uncertain else _chances(scenario)


def _chances(scenario: Scenario) -> dict[Path, float]:
    """Give the probability of every coin of a scenario in which no quantity is uncertain."""
    quantities = {one.path: one.quantity for one in list_quantities(scenario)}
    found: dict[Path, float] = {}
    for one in factors_of(scenario):
        given = quantities[one.given]
        while isinstance(given, Same):
            given = quantities[given.path]
        assert isinstance(given, Constant)
        found[one.path] = given.value
    return found


class _Count:
    """The measures of a claim in a scenario with some changes, over all worlds looked at so far."""

    def __init__(self, claim: Claim, variants: Variants, changes: Changes) -> None:
        self.claim = claim
        self.variants = variants
        self.changes = changes
        self.n_worlds = 0
        self._values: dict[str, list[Values]] = {text: [] for text in claim.measures}
        self._weight: Values | None = None

    def look_at(self, sample: Sample, weight: Values | None) -> None:
        """Look at more worlds."""
        asked = Asked(self.variants, sample)
        for text, measure in self.claim.measures.items():
            if _is_slow(measure) and self.n_worlds >= _SOLVED:
                continue
            self._values[text].append(asked.measure(measure, self.changes))
        self.n_worlds += sample.n_worlds
        self._weight = weight

    @property
    def counted(self) -> dict[str, Counted]:
        """What was found so far, by how a claim writes it."""
        return {
            text: Counted(np.concatenate(values), self._most(self.claim.measures[text]), self._weight)
            for text, values in self._values.items()
        }

    def _most(self, measure: Measure) -> float:
        n_outcomes = self.variants.whole(self.changes).structure.n_outcomes
        return float(n_outcomes) if measure.name == "zone_size" else 1.0


def _is_slow(measure: Measure) -> bool:
    return measure.name.removeprefix("p_") in SOLUTION_NAMES


def _figures(counts: Sequence[_Count], alpha: float, at: Sequence[float | None]) -> tuple[Figure, ...]:
    return tuple(
        Figure(text, one.bounds(alpha), value)
        for count, value in zip(counts, at, strict=True)
        for text, one in count.counted.items()
    )


def _scope(count: _Count, *, exact: bool) -> str:
    if not exact:
        return f"{count.n_worlds:,} worlds, at 1e-9"
    return "the one world there is" if count.n_worlds == 1 else f"all {count.n_worlds:,} states of what may be a bluff"


def _judgement(
    expectation: Expectation,
    holds: Truth,
    counts: Sequence[_Count],
    alpha: float,
    *,
    exact: bool,
    needed: float | None = None,
    reason: str = "",
) -> Judgement:
    claim = expectation.claim
    verdict = {True: Verdict.HOLDS, False: Verdict.FAILS, None: Verdict.UNDECIDED}[holds]
    kind = {True: Kind.PROVED if exact else Kind.CASES, False: Kind.COUNTEREXAMPLE, None: Kind.UNDECIDED}[holds]
    at = values_of_steps(claim.change) if claim.change else (None,)
    return Judgement(
        expectation,
        verdict,
        kind,
        _scope(counts[0], exact=exact),
        n_cases=counts[0].n_worlds,
        figures=_figures(counts, alpha, at),
        n_needed=needed,
        reason=reason,
    )


def _compared(expectation: Expectation, counts: Sequence[_Count], alpha: float, *, exact: bool) -> Judgement:
    """Judge a condition on results."""
    (count,) = counts
    root = expectation.claim.root
    assert root is not None
    counted = count.counted
    nowhere = [text for text, one in counted.items() if np.all(np.isnan(one.values))]
    if nowhere:
        reason = f"{nowhere[0]} is of worlds with a zone, and there is none in those looked at"
        return _judgement(expectation, None, counts, alpha, exact=exact, reason=reason)
    holds, seen = settle(root, counted, alpha)
    needed = None
    reason = ""
    if holds is None:
        open_ones = [(one, bounds) for one, bounds in seen if bounds.low <= 0 <= bounds.high]
        needed = max((worlds_to_tell(one, counted, bounds, alpha) for one, bounds in open_ones), default=None)
        if count.n_worlds > _SOLVED and any(map(_is_slow, expectation.claim.measures.values())):
            reason = f"solutions are looked for in {_SOLVED:,} worlds, which leave it open"
    return _judgement(expectation, holds, counts, alpha, exact=exact, needed=needed, reason=reason)


def _changed(expectation: Expectation, counts: Sequence[_Count], alpha: float, *, exact: bool) -> Judgement:
    """Judge what a result does when something is changed, in the same worlds before and after."""
    claim = expectation.claim
    root, trend = claim.root, claim.trend
    assert root is not None
    assert trend is not None
    if not is_sum(root):
        raise UsageError("what a change does can be told of sums of results alone, world by world")
    sums = [added_up(root, count.counted) for count in counts]
    weight = counts[0].counted[next(iter(claim.measures))].weight
    n_steps = len(sums) - 1

    def step(a: int, b: int) -> tuple[Bounds, bool, bool]:
        """Bound what a result rises by from one step to another; whether it falls, or rises, in any world."""
        (before, low_a, high_a), (after, low_b, high_b) = sums[a], sums[b]
        share = alpha / (n_steps + 1)
        rise = after - before
        if np.any(np.isnan(rise)):
            one = mean_of(after, low_b, high_b, share / 2, weight) - mean_of(before, low_a, high_a, share / 2, weight)
            return one, True, True
        found = mean_of(rise, low_b - high_a, high_b - low_a, share, weight)
        return found, bool(np.any(rise < -_TINY)), bool(np.any(rise > _TINY))

    steps = [step(k, k + 1) for k in range(n_steps)]
    whole = step(0, n_steps)
    holds = _trend_holds(trend, steps, whole)
    found = _judgement(expectation, holds, counts, alpha, exact=exact)
    if exact or not holds or _trend_holds(trend, [(bounds, True, True) for bounds, _, _ in steps], whole):
        return found
    # No number of worlds bounds what may be 0: what none of them does, a rare one might.
    n_worlds = counts[0].n_worlds
    most = exact_interval(0, n_worlds, alpha)[1]
    if most > _RARE:
        return _judgement(expectation, None, counts, alpha, exact=exact, needed=n_worlds * log1p(-most) / log1p(-_RARE))
    otherwise = f"none of {n_worlds:,} worlds does otherwise, and {100 * most:.2g} % of all at most, at 1e-9"
    return replace(found, scope=otherwise, reason=otherwise)


_TINY = 1e-9


def _trend_holds(trend: Trend, steps: Sequence[tuple[Bounds, bool, bool]], whole: tuple[Bounds, bool, bool]) -> Truth:
    """Tell whether results do as they should; that none of the worlds does otherwise is enough."""
    up = [_not_above(bounds, never=not rises) for bounds, _, rises in steps]
    down = [_not_above(-bounds, never=not falls) for bounds, falls, _ in steps]
    match trend:
        case Trend.NOT_UP:
            return _all(up)
        case Trend.NOT_DOWN:
            return _all(down)
        case Trend.SAME:
            return _all([*up, *down])
        case Trend.UP:
            return _all([*down, compare_with_zero(">", whole[0])])
        case Trend.DOWN:
            return _all([*up, compare_with_zero("<", whole[0])])


def _not_above(bounds: Bounds, *, never: bool) -> Truth:
    return True if never else compare_with_zero("<=", bounds)


def _all(answers: Sequence[Truth]) -> Truth:
    if False in answers:
        return False
    return None if None in answers else True
