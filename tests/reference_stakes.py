"""The second model goes on: what no deal leads to, what a deal is worth that may be broken, and who is asked at home.

As tests/reference.py, one world, one outcome, one actor at a time. A deal's value is added up over time and over who
may break it, from section 3 of the model's page; no premium is worked out, nor any threshold moved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, inf

from negsim.errors import Path
from negsim.model.assumptions import AS_STATED, Assumptions
from negsim.scenario.commitments import Durability, PowerShift
from negsim.scenario.no_deal import Charge, EndState, Lottery, SameAs, WarValue
from negsim.scenario.types import Party, Role, Scenario
from tests import reference
from tests.reference import Coins, Numbers, Outcome

POINT = 100_000


@dataclass(frozen=True)
class Chances:
    """Hazards of each breaker while a guarantee runs and after it, and its term."""

    during: dict[str, float]
    after: dict[str, float]
    term: float


@dataclass(frozen=True)
class World:
    """One world, and what is assumed of it."""

    scenario: Scenario
    numbers: Numbers
    coins: Coins
    serious: dict[str, bool] = field(default_factory=dict)
    assumed: Assumptions = AS_STATED
    known: dict[tuple[str, str], float] = field(default_factory=dict)

    # No deal

    def no_deal(self, actor: Party) -> int:
        """What a deal has to be worth, in units."""
        return round(max(self._fights(actor, 0.0), self._outside_floor(actor))) - self._off(actor)

    def inside(self, actor: Party) -> int:
        """The disagreement point, in units: what goes on while the parties talk."""
        floor = self._outside_floor(actor)
        return round(self._fights(actor, 0.0) if floor == -inf else floor) - self._off(actor)

    def _off(self, actor: Party) -> int:
        """What rounding, sticks and pressure take off."""
        if actor.no_deal is None:
            return 0
        off = 0 if isinstance(actor.no_deal, SameAs) else len(reference.cared_for(actor)) // 2
        for party in self.scenario.parties:
            for lever in party.levers:
                if lever.party == actor.id and self.assumed.levers == "pulled":
                    off += round(self.numbers[*party.path, "levers", actor.id, "stick"] * POINT)
        return off + round(sum(points for name, points in self.assumed.pressure if name == actor.id) * POINT)

    def _outside_floor(self, actor: Party) -> float:
        """What is held while an outside option is not taken up: minus infinity where there is no such option."""
        no_deal = actor.no_deal
        if not isinstance(no_deal, Lottery | WarValue) or no_deal.now is None:
            return -inf
        option = no_deal.option.value if self.assumed.option == "as_stated" else self.assumed.option
        return self._now(actor, no_deal) if option == "outside" else -inf

    def _now(self, actor: Party, no_deal: Lottery | WarValue) -> float:
        form = "lottery" if isinstance(no_deal, Lottery) else "war"
        root = (*actor.path, "no_deal", form)
        if no_deal.now is None:
            return 0.0
        losses = no_deal.losses if isinstance(no_deal, WarValue) else ()
        return self._state(actor, no_deal.now, (*root, "now")) - round(self._charges(losses, (*root, "losses")) * POINT)

    def _fights(self, actor: Party, shift: float) -> float:
        """What no deal is worth with the chance of winning shifted, in units, not rounded in a war."""
        key = (actor.id, str(shift))
        if key not in self.known:
            self.known[key] = self._value(actor, shift)
        return self.known[key]

    def _value(self, actor: Party, shift: float) -> float:
        no_deal, root = actor.no_deal, (*actor.path, "no_deal")
        if no_deal is None:
            return 0
        if isinstance(no_deal, Lottery):
            return self._lottery(actor, no_deal, (*root, "lottery"))
        if isinstance(no_deal, WarValue):
            return self._war(actor, no_deal, (*root, "war"), shift)
        return self._state(actor, no_deal, root)

    def _lottery(self, actor: Party, lottery: Lottery, root: Path) -> int:
        left, total = 1.0, -self._charges(lottery.costs, (*root, "costs")) * POINT
        for end in lottery.ends:
            if end.probability is not None:
                left -= self.numbers[*root, "ends", end.id, "probability"]
        for end in lottery.ends:
            given = end.probability is not None
            chance = self.numbers[*root, "ends", end.id, "probability"] if given else left
            total += chance * self._state(actor, end.worth, (*root, "ends", end.id, "worth"))
        return round(total)

    def _war(self, actor: Party, war: WarValue, root: Path, shift: float) -> float:
        assert self.scenario.war is not None
        collapse = {
            side.party: self.numbers["war", "sides", side.party, "collapse"] for side in self.scenario.war.sides
        }
        total = sum(collapse.values())
        win = sum(hazard for side, hazard in collapse.items() if side != war.side)
        p = win / total if total else 0.5
        if war.belief is not None and self.assumed.belief == "own":
            a, b = (self.numbers[*root, "belief", name] for name in "ab")
            p = a / (a + b)
        p = min(1.0, max(0.0, p + shift))
        rate = self.numbers[*actor.path, "discount_rate"]
        u_win, u_lose = self._state(actor, war.win, (*root, "win")), self._state(actor, war.lose, (*root, "lose"))
        cost = self._charges(war.costs, (*root, "costs")) * POINT
        gains = rate * self._now(actor, war) + total * (p * u_win + (1 - p) * u_lose)
        return (gains - cost) / (rate + total)

    def _state(self, actor: Party, state: EndState, root: Path) -> int:
        if isinstance(state, SameAs):
            shape = (self.assumed.value_shape, self.assumed.irrelevant)
            return reference.worth_of(actor, state, root, self.scenario, self.numbers, shape)
        return round(self.numbers[root] * POINT)

    def _charges(self, charges: tuple[Charge, ...], root: Path) -> float:
        total = 0.0
        for charge in charges:
            if not charge.factors:
                total += self.numbers[*root, charge.id]
                continue
            amount = self.numbers[*root, charge.id, "points"]
            for name, _ in charge.factors:
                amount *= self.numbers[*root, charge.id, "factors", name]
            total += amount
        return total

    # Deals

    def utility(self, actor: Party, outcome: Outcome) -> int:
        """What a deal is worth while it holds, in units."""
        shape = (self.assumed.value_shape, self.assumed.irrelevant)
        coins = self.coins if self._asked(actor) else dict.fromkeys(self.coins, False)
        total = reference.utility(actor, outcome, self.scenario, self.numbers, coins, shape)
        for sacred in actor.sacred:
            if reference.holds(sacred.require.root, outcome, self.scenario):
                continue
            root = (*actor.path, "sacred", sacred.id)
            if sacred.material and reference.holds(sacred.material.root, outcome, self.scenario):
                total -= round(self.numbers[*root, "offence"] * POINT)
            if sacred.symbolic and reference.holds(sacred.symbolic.root, outcome, self.scenario):
                total += round(self.numbers[*root, "relief"] * POINT)
        for mediator in self.scenario.parties if self.assumed.levers == "pulled" else ():
            for lever in mediator.levers:
                for carrot in lever.carrots if lever.party == actor.id else ():
                    if reference.holds(carrot.when.root, outcome, self.scenario):
                        root = (*mediator.path, "levers", actor.id, "carrots", carrot.id)
                        total += round(self.numbers[*root, "points"] * POINT)
        return total

    def chances(self, outcome: Outcome) -> Chances:
        """How likely breakers are to break a deal."""
        durability = self._durability()
        during = {b.party: self.numbers["durability", "breakers", b.party, "hazard"] for b in durability.breakers}
        after = dict(during)
        for support in durability.supports:
            if reference.holds(support.when.root, outcome, self.scenario):
                left = 1 - self.numbers["durability", "supports", support.id, "credibility"]
                for breaker in support.against or tuple(during):
                    during[breaker] *= left
                    after[breaker] *= 1 if support.guaranteed else left
        for mediator in self.scenario.parties if self.assumed.levers == "pulled" else ():
            for lever in mediator.levers:
                if lever.guarantee and reference.holds(lever.guarantee.when.root, outcome, self.scenario):
                    left = 1 - self.numbers[*mediator.path, "levers", lever.party, "guarantee", "credibility"]
                    for breaker in during.keys() - {lever.party}:
                        during[breaker] *= left
        return Chances(during, after, self._term(durability, outcome))

    def after_breach(self, actor: Party, outcome: Outcome, breaker: str) -> float:
        """What an actor has once somebody has broken a deal, in units: its no-deal value, shifted."""
        durability = self._durability()
        favour, points = 0.0, 0
        for shift in durability.power_shifts:
            here = reference.holds(shift.when.root, outcome, self.scenario)
            if not here or (shift.if_broken_by and breaker not in shift.if_broken_by):
                continue
            left = self._left(durability, shift, outcome)
            if shift.by is not None and isinstance(actor.no_deal, WarValue):
                toward = 1 if shift.towards == actor.no_deal.side else -1
                favour += toward * self.numbers["durability", "power_shifts", shift.id, "by"] * left
            party = actor.ratifies or actor.id
            if party in dict(shift.points):
                points += round(self.numbers["durability", "power_shifts", shift.id, "points", party] * left * POINT)
        floor = self._outside_floor(actor)
        moved = max(self._fights(actor, favour), floor) - max(self._fights(actor, 0.0), floor)
        return self.no_deal(actor) + moved + points

    def surplus(self, actor: Party, outcome: Outcome) -> tuple[float, float, float]:
        """What a deal is worth beyond no deal, v less no deal, as A u + B; and A and B.

        v is the integral of r exp(-r t) times what is held at t, which is u until somebody breaks the deal.
        """
        u, no_deal = self.utility(actor, outcome), self.no_deal(actor)
        if self.scenario.durability is None or self.assumed.breach == "impossible" or actor.discount_rate is None:
            return u - no_deal, 1.0, -no_deal
        rate, chances = self.numbers[*actor.path, "discount_rate"], self.chances(outcome)
        share = lost = 0.0
        leaves = rate + sum(chances.during.values())
        through = exp(-leaves * chances.term) if chances.term < inf else 0.0
        for hazards, weight in ((chances.during, 1 - through), (chances.after, through)):
            leaves = rate + sum(hazards.values())
            share += weight * rate / leaves
            for breaker, hazard in hazards.items():
                # Against no deal, so that nothing is lost to rounding where a breach changes nothing.
                lost += weight * hazard / leaves * (self.after_breach(actor, outcome, breaker) - no_deal)
        return share * (u - no_deal) + lost, share, lost - share * no_deal

    def needs(self, actor: Party, outcome: Outcome) -> int:
        """The units of its own utility that a deal needs to be worth no deal, rounded where a breach makes it uneven."""
        no_deal = self.no_deal(actor)
        _, share, rest = self.surplus(actor, outcome)
        premium = -(rest + share * no_deal) / share
        return no_deal + (round(premium) if abs(premium) > 1e-6 else 0)

    def accepts(self, actor: Party, outcome: Outcome) -> bool:
        if not self._asked(actor):
            return True
        if self.assumed.good_faith == "drawn" and not self.serious.get(actor.id, True):
            return False
        if any(
            self.coins[actor.id, line.id] and not reference.holds(line.require.root, outcome, self.scenario)
            for line in actor.red_lines
        ):
            return False
        surplus, share, _ = self.surplus(actor, outcome)
        # Within a unit of utility, what counts is how a premium is rounded.
        if abs(surplus) > share:
            return surplus >= 0
        return self.utility(actor, outcome) >= self.needs(actor, outcome)

    def asks(self, actor: Party, outcome: Outcome) -> bool:
        """Whether the agreement rule looks at an actor at an outcome."""
        party = next(one for one in self.scenario.parties if one.id == (actor.ratifies or actor.id))
        if party.role is Role.SIGNATORY:
            return True
        return party.consents_to is not None and reference.holds(party.consents_to.root, outcome, self.scenario)

    def in_zone(self, outcome: Outcome) -> bool:
        actors = self.scenario.actors
        return self.suffices(outcome, {actor.id for actor in actors if not self.accepts(actor, outcome)})

    def suffices(self, outcome: Outcome, refusing: set[str]) -> bool:
        """Whether the agreement rule lets an outcome through where just these actors refuse."""
        agreement = self.scenario.agreement
        asked = [actor for actor in self.scenario.actors if self.asks(actor, outcome)]
        signing = {actor.id for actor in asked if actor.role is Role.SIGNATORY}
        if agreement.quorum is None:
            return not refusing & {actor.id for actor in asked}
        needed = {actor.id for actor in asked} - signing | set(agreement.vetoes)
        return not refusing & needed and len(signing - refusing) >= agreement.quorum

    def all_prefer(self, outcome: Outcome, deal: Outcome) -> bool:
        """Whether nobody concerned loses by an outcome against a deal, and somebody gains."""
        better = False
        for actor in self.scenario.actors:
            if not (self.asks(actor, outcome) or self.asks(actor, deal)):
                continue
            before = 0.0 if self._crosses(actor, deal) else self.gain(actor, deal)
            after = self.gain(actor, outcome)
            if self._crosses(actor, outcome) or after < before - 1e-6:
                return False
            better |= after > before + 1e-6
        return better

    def gain(self, actor: Party, outcome: Outcome) -> float:
        """What a deal is worth beyond no deal, as it is compared: with what it needs in whole units."""
        _, share, _ = self.surplus(actor, outcome)
        return share * (self.utility(actor, outcome) - self.needs(actor, outcome))

    def _crosses(self, actor: Party, outcome: Outcome) -> bool:
        return any(
            self.coins[actor.id, line.id] and not reference.holds(line.require.root, outcome, self.scenario)
            for line in actor.red_lines
        )

    def _asked(self, actor: Party) -> bool:
        return not actor.ratifies or self.assumed.ratifiers == "asked"

    def _durability(self) -> Durability:
        assert self.scenario.durability is not None
        return self.scenario.durability

    def _left(self, durability: Durability, shift: PowerShift, outcome: Outcome) -> float:
        left = 1.0
        for remedy in durability.remedies:
            concerns = not remedy.shifts or shift.id in remedy.shifts
            if concerns and reference.holds(remedy.when.root, outcome, self.scenario):
                left *= 1 - self.numbers["durability", "remedies", remedy.id, "takes_away"]
        return left

    def _term(self, durability: Durability, outcome: Outcome) -> float:
        if not durability.term:
            return inf
        issue = next(one for one in self.scenario.issues if one.id == durability.term)
        choice = outcome[issue.id]
        return float(issue.levels[choice]) if choice < len(issue.levels) else 0.0
