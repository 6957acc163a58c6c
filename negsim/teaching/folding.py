"""What a game makes of the parts of a scenario that a sheet of points cannot hold: folded in, or left out in words."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.model.bonuses import bonuses_of
from negsim.model.draws import Draws
from negsim.scenario.conditions import parse_condition
from negsim.scenario.conditions.names import IssueNames
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.no_deal import Lottery, WarValue
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Adjustment, Party, Scenario
from negsim.teaching.whole import nearest

__all__ = ["fixed_adjustments", "left_out"]

_MOST = 100
"""What an adjustment can be at most, in points."""


def fixed_adjustments(actor: Party, scenario: Scenario, draws: Draws) -> tuple[tuple[Adjustment, ...], tuple[str, ...]]:
    """Turn all that adds points to deals for an actor into adjustments of whole points.

    Sacred values and the carrots of mediators become adjustments. One of 0 points is none.

    Returns
    -------
    adjustments : tuple of Adjustment
    too_long : tuple of str
        What could not be written as one condition, in words.
    """
    own = {item.id: item for item in actor.adjustments}
    found: dict[str, Adjustment] = {}
    too_long = []
    for bonus in bonuses_of(actor, scenario):
        amount = nearest(bonus.sign * float(draws.quantity[bonus.amount][0]))
        if not amount:
            continue
        because = (
            own[bonus.source].because
            if bonus.kind == "adjustment"
            else _reason(bonus.kind, actor, bonus.source, scenario)
        )
        when = bonus.when if bonus.kind in ("adjustment", "carrot") else _rewritten(bonus.when, scenario)
        if when is None:
            too_long.append(f"{actor.title}: {because} The condition is too long for one adjustment.")
            continue
        plain = bonus.source if bonus.kind == "adjustment" else "_".join(filter(None, (bonus.kind, bonus.name)))
        name = _unused(plain if bonus.kind == "adjustment" else f"{plain}_{bonus.source}", {*own, *found})
        key = bonus.source if bonus.kind == "adjustment" else name
        found[key] = Adjustment(key, when, Constant(float(max(-_MOST, min(_MOST, amount)))), because)
    return tuple(found.values()), tuple(too_long)


def _reason(kind: str, actor: Party, source: str, scenario: Scenario) -> str:
    if kind == "carrot":
        title = next((party.title for party in scenario.parties if party.id == source), source)
        return f"Held out by {title}."
    title = next((item.title or item.id for item in actor.sacred if item.id == source), source)
    return f"Not for sale: {title}." if kind == "offence" else f"A gesture towards: {title}."


def _unused(name: str, taken: set[str]) -> str:
    """Find an id that nothing else has."""
    name = name[:60]
    return next(one for one in (name, *(f"{name}_{k}" for k in range(2, 1000))) if one not in taken)


def _rewritten(condition: Condition, scenario: Scenario) -> Condition | None:
    """Read the text of a condition that was put together; None if it is longer than one may be."""
    names = [
        IssueNames(
            issue.id, issue.kind.value, issue.options, issue.levels, issue.unit, conditional=issue.when is not None
        )
        for issue in scenario.issues
    ]
    found = parse_condition(condition.text, names)
    return found if isinstance(found, Condition) else None


def left_out(scenario: Scenario) -> Iterator[str]:
    """Say what of a scenario a game does not have, in whole sentences."""
    lotteries = [actor.title for actor in scenario.actors if isinstance(actor.no_deal, Lottery)]
    wars = [actor.title for actor in scenario.actors if isinstance(actor.no_deal, WarValue)]
    if lotteries or wars:
        of = ", ".join((*wars, *lotteries))
        yield f"What may happen without a deal has become one walk-away value of whole points: {of}."
    if scenario.durability is not None:
        yield "Whether a deal would hold is left out: a deal is worth what it says."
    if scenario.side_payments is not None:
        yield "Side payments are left out: there is no money beside what the issues name."
    if scenario.talks is not None:
        yield "The calendar of talks is left out, with its events, envoys and deadline: the class has its own clock."
    if any(party.sacred for party in scenario.parties):
        yield "What is sacred to a party has become points for the combinations that offend it or make up for it."
    levers = [lever for party in scenario.parties for lever in party.levers]
    if levers:
        yield "What mediators hold out has become points of those they want to move; sticks are in walk-away values."
    if any(lever.guarantee for lever in levers):
        yield "The guarantees of mediators are left out: they bear on whether a deal would hold."
    if any(party.good_faith is not None for party in scenario.parties):
        yield "Good faith is left out: everybody who plays is taken to negotiate in earnest."
    if scenario.ties:
        yield "Rank correlations have done their work: the figures were drawn with them, and stand still now."
    if scenario.expectations:
        yield "What the author expects of the scenario is left out: it is about all worlds, and this is one."
