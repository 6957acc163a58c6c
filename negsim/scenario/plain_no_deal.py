"""What parties have without a deal as the plain data of a file."""

from __future__ import annotations

from collections.abc import Iterable

from negsim.scenario.marks import Plain
from negsim.scenario.no_deal import Charge, EndState, Lottery, LotteryEnd, NoDeal, SameAs, Stance, WarValue
from negsim.scenario.plain_values import Tree, plain_quantity, present

__all__ = ["plain_no_deal"]


def plain_no_deal(no_deal: NoDeal | None, party: str) -> Plain:
    """Write a no-deal value of a party, or of one who ratifies for it; that it is on its own side is left out."""
    if isinstance(no_deal, Lottery):
        return {"lottery": _lottery(no_deal)}
    if isinstance(no_deal, WarValue):
        return {"war": _war(no_deal, party)}
    return None if no_deal is None else _end_state(no_deal)


def _end_state(state: EndState) -> Plain:
    if not isinstance(state, SameAs):
        return plain_quantity(state)
    levels: Tree = {issue: plain_quantity(level) for issue, level in state.levels}
    rest = None if state.rest is None else plain_quantity(state.rest)
    return present({"same_as": {**dict(state.options), **levels}, "rest": rest})


def _charges(charges: Iterable[Charge]) -> Plain:
    return {charge.id: _charge(charge) for charge in charges} or None


def _charge(charge: Charge) -> Plain:
    points = plain_quantity(charge.points)
    if not charge.factors:
        return points
    return {"points": points, "factors": {name: plain_quantity(share) for name, share in charge.factors}}


def _option(stance: Stance) -> str | None:
    return None if stance is Stance.INSIDE else stance.value


def _lottery(lottery: Lottery) -> Tree:
    return present(
        {
            "ends": {end.id: _end(end) for end in lottery.ends},
            "costs": _charges(lottery.costs),
            "now": None if lottery.now is None else _end_state(lottery.now),
            "option": _option(lottery.option),
        }
    )


def _end(end: LotteryEnd) -> Tree:
    return present(
        {
            "probability": None if end.probability is None else plain_quantity(end.probability),
            "worth": _end_state(end.worth),
            "because": end.because or None,
        }
    )


def _war(war: WarValue, party: str) -> Tree:
    belief = war.belief
    return present(
        {
            "side": None if war.side == party else war.side,
            "win": _end_state(war.win),
            "lose": _end_state(war.lose),
            "now": None if war.now is None else _end_state(war.now),
            "losses": _charges(war.losses),
            "costs": _charges(war.costs),
            "belief": None if belief is None else {"a": plain_quantity(belief.a), "b": plain_quantity(belief.b)},
            "option": _option(war.option),
        }
    )
