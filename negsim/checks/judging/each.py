"""Judging claims on every world: the central one, corners, worlds as they are drawn, and a search."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.corners import climb, corners_of
from negsim.checks.judging.holding_in import EachWorld
from negsim.checks.judging.one_way import worst_corner
from negsim.checks.judging.search import search
from negsim.checks.judging.smallest import smallest
from negsim.checks.judging.variants import Drawn, Variants
from negsim.checks.judging.verdicts import Broken, Judgement, Kind, Verdict
from negsim.errors import UsageError, format_path
from negsim.model.points import Factor, centre_of, factors_of, points_of
from negsim.records import dataclass
from negsim.scenario.claims.tree import Claim, Expectation
from negsim.scenario.inventory import find_ends, is_of_bargaining, list_quantities
from negsim.scenario.quantities import Normal
from negsim.scenario.types import Scenario
from negsim.zone.counting import blocks_between

__all__ = ["PHASES", "Budget", "judge_each"]

Points = NDArray[np.float64]

PHASES = ("exact", "corners", "draws", "search")
"""The ways in which worlds are looked for, in their order; the central world is always looked at first."""

_DRAWN = 1_024
_AT_A_TIME = 256


@dataclass(frozen=True, slots=True)
class Budget:
    """How much to look: which phases, worlds in a search, seconds for a claim, and the seed of what is drawn."""

    phases: tuple[str, ...] = PHASES
    max_examples: int = 500
    max_seconds: float = float("inf")
    seed: int = 0


@dataclass(slots=True)
class _Looked:
    """What was looked at so far: how many worlds of which kind."""

    n_cases: int = 0
    said: list[str] = field(default_factory=list)

    def add(self, n: int, noun: str) -> None:
        """Count some more."""
        self.n_cases += n
        self.said.append(f"{n:,} {noun}")


def judge_each(expectation: Expectation, variants: Variants, budget: Budget) -> Judgement:
    """Judge a claim on every world.

    Parameters
    ----------
    expectation : Expectation
        Of `Scope.WORLD` or `Scope.OUTCOME`.
    variants : Variants
    budget : Budget

    Returns
    -------
    Judgement
        With the world that breaks the claim and differs least from the central one, if any was found.

    Raises
    ------
    ScenarioError, UsageError
        If the scenario cannot be asked this.
    """
    claim, scenario = expectation.claim, variants.scenario
    ends = find_ends(list_quantities(scenario))
    named = {ends[one.path].path for one in claim.named if one.path in ends}
    factors = tuple(one for one in factors_of(scenario, named) if one.path in named or _matters(one, claim))
    _refuse_chances(claim, scenario)
    each = EachWorld(claim, variants, factors)
    looked = _Looked()
    point, proved = _find(each, variants, factors, budget, looked)
    if point is not None:
        point = smallest(lambda points: ~_holds(each, points), factors, point)
        broken = Broken(factors, tuple(point.tolist()), each.tell(point))
        return Judgement(
            expectation,
            Verdict.FAILS,
            Kind.COUNTEREXAMPLE,
            ", ".join(looked.said),
            n_cases=looked.n_cases,
            broken=broken,
        )
    kind = Kind.PROVED if proved else Kind.CASES
    return Judgement(expectation, Verdict.HOLDS, kind, proved or ", ".join(looked.said), n_cases=looked.n_cases)


def _matters(factor: Factor, claim: Claim) -> bool:
    """Tell whether a claim can hang on a factor: how parties bargain, and how seriously, is nothing to zones."""
    return _asks_deals(claim) or not (is_of_bargaining(factor.path) or factor.path[-1] == "serious")


def _asks_deals(claim: Claim) -> bool:
    return any(one.name == "agreement" for one in claim.named)


def _refuse_chances(claim: Claim, scenario: Scenario) -> None:
    """Refuse to change a probability in a single world, in which what it is the probability of is so or is not.

    Raises
    ------
    UsageError
    """
    change = claim.change
    given = {one.given for one in factors_of(scenario) if one.is_coin}
    if change is not None and change.kind != "dropped" and change.path in given:
        what = f"whatever {format_path(change.path)} is, a line is real in a world or a bluff"
        raise UsageError(f"{what}; ask it of all worlds together: p_zone")


def _holds(each: EachWorld, points: Points) -> NDArray[np.bool_]:
    """Ask about worlds, not too many at a time."""
    parts = [each.holds(points[start : start + _AT_A_TIME]) for start in range(0, len(points), _AT_A_TIME)]
    return np.concatenate(parts) if parts else np.zeros(0, np.bool_)


def _margin(each: EachWorld, points: Points) -> NDArray[np.float64]:
    return np.concatenate([each.margin(points[a : a + _AT_A_TIME]) for a in range(0, len(points), _AT_A_TIME)])


def _find(
    each: EachWorld, variants: Variants, factors: tuple[Factor, ...], budget: Budget, looked: _Looked
) -> tuple[Points | None, str]:
    """Look for a world that breaks a claim, and say what proves that there is none, if anything does."""
    centre = centre_of(factors)[None]
    looked.add(1, "central world")
    if not _holds(each, centre)[0]:
        return centre[0], ""
    if not factors:
        return None, "" if _asks_deals(each.claim) else "the one world there is"
    if "exact" in budget.phases:
        worst = worst_corner(each.claim, variants.scenario, factors)
        if worst is not None:
            looked.add(1, "worst world")
            broken = not _holds(each, worst[None])[0]
            return (worst, "") if broken else (None, _worst_words(scenario=variants.scenario))
    if "corners" in budget.phases:
        point, proved = _at_corners(each, factors, looked)
        if point is not None or proved:
            return point, proved
    if "draws" in budget.phases:
        point = _among_draws(each, variants, factors, looked)
        if point is not None:
            return point, ""
    if "search" in budget.phases:
        found = search(
            lambda points: _margin(each, points),
            factors,
            max_examples=budget.max_examples,
            seed=budget.seed,
            max_seconds=budget.max_seconds,
        )
        looked.add(found.n_cases, "searched" + (", until time was up" if found.out_of_time else ""))
        return found.point, ""
    return None, ""


def _worst_words(scenario: Scenario) -> str:
    cut = any(isinstance(one.quantity, Normal) for one in list_quantities(scenario))
    between = ", normals between their .001 and .999 quantiles" if cut else ""
    return f"the world that is worst for it, whatever is uncertain{between}"


def _at_corners(each: EachWorld, factors: tuple[Factor, ...], looked: _Looked) -> tuple[Points | None, str]:
    corners = corners_of(factors)
    points = corners.points
    looked.add(len(points), "corners, which are all" if corners.is_all else "corners, any three factors in all ways")
    holds = _holds(each, points)
    if not np.all(holds):
        return points[int(np.argmin(holds))], ""
    if corners.is_all:
        only_coins = all(one.is_coin for one in factors) and not _asks_deals(each.claim)
        return None, f"all {len(points):,} states of what may be a bluff" if only_coins else ""
    margin = _margin(each, points)
    seen, margins = climb(corners, margin, lambda some: _margin(each, some))
    looked.add(len(seen), "corners further on")
    return (seen[int(np.argmin(margins))] if np.min(margins) < 0 else None), ""


def _among_draws(each: EachWorld, variants: Variants, factors: tuple[Factor, ...], looked: _Looked) -> Points | None:
    draws = Drawn(blocks_between(0, _DRAWN)).draws(variants.whole())
    # What has no ends goes no further here than elsewhere.
    points = np.clip(points_of(factors, draws), [one.low for one in factors], [one.high for one in factors])
    looked.add(len(points), "drawn")
    holds = _holds(each, points)
    return None if np.all(holds) else points[int(np.argmin(holds))]
