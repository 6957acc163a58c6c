"""The second model goes on: how long a deal lasts, what credibility it needs, and what has to be paid for it.

As tests/reference_stakes.py, one world and one outcome at a time, from the rules on the page about risk and consent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp, inf
from typing import Any

import numpy as np
import pytest

from negsim.model.assumptions import Assumptions
from negsim.model.draws import draw_block
from negsim.model.estimates import Estimate, Spread, proportion
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario
from negsim.scenario.types import Party
from tests.reference import Outcome, holds
from tests.reference_stakes import POINT, Chances, World


def worlds_of(scenario: Scenario, n_worlds: int, seed: int = 0) -> list[World]:
    """So many worlds of a scenario, block after block."""
    return list(_worlds(scenario, n_worlds, seed))


def _worlds(scenario: Scenario, n_worlds: int, seed: int) -> Iterator[World]:
    for start in range(0, n_worlds, BLOCK):
        size = min(BLOCK, n_worlds - start)
        draws = draw_block(scenario, seed=seed, block=start // BLOCK, n_worlds=size)
        for world in range(size):
            numbers = {path: float(values[world]) for path, values in draws.quantity.items()}
            coins = {line: bool(real[world]) for line, real in draws.real.items()}
            yield World(scenario, numbers, coins, {name: bool(drawn[world]) for name, drawn in draws.serious.items()})


def assuming(seen: World, assumed: Assumptions) -> World:
    """The same world under other assumptions."""
    return replace(seen, assumed=assumed, known={})


# How long a deal lasts


def bare(seen: World) -> dict[str, float]:
    """Hazards of all breakers with nothing to hold them back."""
    assert seen.scenario.durability is not None
    return {
        one.party: seen.numbers["durability", "breakers", one.party, "hazard"]
        for one in seen.scenario.durability.breakers
    }


def survives(chances: Chances, years: float) -> float:
    """The probability that nobody breaks a deal within some years."""
    guarded = min(years, chances.term)
    return exp(-sum(chances.during.values()) * guarded - sum(chances.after.values()) * (years - guarded))


def lasts(chances: Chances) -> float:
    """Years to be expected until somebody breaks a deal."""
    during, after, term = sum(chances.during.values()), sum(chances.after.values()), chances.term
    if term == inf:
        return 1 / during if during else inf
    rest = exp(-during * term)
    if rest and not after:
        return inf
    return ((1 - rest) / during if during else term) + (rest / after if after else 0)


def first(chances: Chances, breaker: str) -> float:
    """The probability that a breaker is the first."""
    during, after = sum(chances.during.values()), sum(chances.after.values())
    within = 1 - survives(chances, chances.term) if chances.term < inf else float(during > 0)
    found = within * chances.during[breaker] / during if during else 0.0
    return found + ((1 - within) * chances.after[breaker] / after if after and chances.term < inf else 0.0)


def prevented(seen: World, chances: Chances) -> float:
    """The share of breaches that is prevented while a guarantee runs; one of no years prevents nothing."""
    total, left = sum(bare(seen).values()), chances.during if chances.term else chances.after
    return 1 - sum(left.values()) / total if total else 0.0


# What a deal is worth at other terms and credibilities


@dataclass(frozen=True)
class View:
    """How one actor sees a deal: gain over no deal while it holds, what a breach by each costs, its discount rate."""

    gain: int
    losses: dict[str, float]
    rate: float | None

    def worth(self, chances: Chances) -> float:
        """What the deal is worth over no deal, in units."""
        if self.rate is None:
            return self.gain
        guarded = sum(chances.during.values()) + self.rate
        through = exp(-guarded * chances.term) if chances.term < inf else 0.0
        return (1 - through) * self._for_ever(chances.during) + through * self._for_ever(chances.after)

    def _for_ever(self, hazards: dict[str, float]) -> float:
        assert self.rate is not None
        lost = sum(hazard * self.losses[breaker] for breaker, hazard in hazards.items())
        return (self.rate * self.gain - lost) / (self.rate + sum(hazards.values()))


def view(seen: World, actor: Party, outcome: Outcome) -> View:
    no_deal = seen.no_deal(actor)
    if actor.discount_rate is None:
        return View(seen.utility(actor, outcome) - no_deal, {}, None)
    losses = {breaker: no_deal - seen.after_breach(actor, outcome, breaker) for breaker in bare(seen)}
    return View(seen.utility(actor, outcome) - no_deal, losses, seen.numbers[*actor.path, "discount_rate"])


def uniform(seen: World, outcome: Outcome, credibility: float, *, for_ever: bool = False) -> Chances:
    """Chances where all breakers are held back alike over a deal's own term, or where it has none without end."""
    chances = seen.chances(outcome)
    during = {breaker: hazard * (1 - credibility) for breaker, hazard in bare(seen).items()}
    term = inf if for_ever and chances.term == 0 else chances.term
    return Chances(during, chances.after, term)


def margin(seen: World, views: list[View], outcome: Outcome, credibility: float) -> float:
    """What the worst off of some has over no deal at a credibility, in units."""
    chances = uniform(seen, outcome, credibility, for_ever=True)
    return min(one.worth(chances) for one in views)


# Side payments


@dataclass(frozen=True)
class Bill:
    """What a deal takes: what each has to be paid, and what others have to spare, in money."""

    needs: dict[str, float]
    spare: float

    @property
    def total(self) -> float:
        return sum(self.needs.values())

    def within(self, bound: float, slack: float = 0.0) -> bool:
        """Whether it can be paid, with so much more or less to pay with."""
        return self.total < inf and self.total <= (1 + slack) * min(self.spare, bound)


REFUSED = Bill({"": inf}, 0.0)


def bill(seen: World, outcome: Outcome) -> Bill:
    """What has to be paid for all who are asked to accept an outcome."""
    payments = seen.scenario.side_payments
    assert payments is not None
    worth = {party: seen.numbers["side_payments", "worth", party] * POINT for party, _ in payments.worth}
    needs, spare = {}, 0.0
    for actor in seen.scenario.actors:
        if not seen.asks(actor, outcome):
            continue
        if any(
            seen.coins[actor.id, line.id] and not holds(line.require.root, outcome, seen.scenario)
            for line in actor.red_lines
        ):
            return REFUSED
        lack = seen.needs(actor, outcome) - seen.utility(actor, outcome)
        if lack <= 0:
            if actor.id in worth:
                spare += -lack / worth[actor.id] if worth[actor.id] else inf
            continue
        profaned = any(not holds(sacred.require.root, outcome, seen.scenario) for sacred in actor.sacred)
        if profaned or not worth.get(actor.id):
            return REFUSED
        needs[actor.id] = lack / worth[actor.id]
    return Bill(needs, spare)


# What is told over many worlds


def spread_of(values: list[float], *, within: float = 1e-9) -> Any:
    """The middle of some values, but for rounding."""
    ordered = sorted(values)
    picked = [ordered[int(share * (len(ordered) - 1))] for share in (0.1, 0.5, 0.9)]
    p10, median, p90 = (pytest.approx(one, rel=within, abs=within) for one in picked)
    return Spread(p10, median, p90)  # type: ignore[arg-type]


def by_block(happens: list[bool]) -> Any:
    """In how many worlds of each block something happens."""
    return np.array([sum(happens[start : start + BLOCK]) for start in range(0, len(happens), BLOCK)])


def share_of(happens: list[bool]) -> Estimate:
    """How likely something is that happens in some worlds."""
    return proportion(by_block(happens), by_block([True] * len(happens)))
