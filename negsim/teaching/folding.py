"""What a game makes of the parts of a scenario that a sheet of points cannot hold: folded in, or left out in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from negsim.errors import format_path
from negsim.model.bonuses import Bonus, bonuses_of
from negsim.model.draws import Draws
from negsim.scenario.conditions import parse_condition
from negsim.scenario.conditions.names import IssueNames
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.no_deal import Lottery, WarValue
from negsim.scenario.quantities import Constant
from negsim.scenario.types import Adjustment, Party, Scenario
from negsim.teaching.whole import nearest

__all__ = ["NOTES", "fixed_adjustments", "folded_texts", "left_out"]

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
        if bonus.kind == "adjustment":
            found[bonus.source] = replace(own[bonus.source], amount=_points(amount))
            continue
        because = _reason(bonus, actor, scenario)
        when = bonus.when if bonus.kind == "carrot" else _rewritten(bonus.when, scenario)
        if when is None:
            too_long.append(f"{actor.title}: {because} The condition is too long for one adjustment.")
            continue
        name = _unused(_folded_id(bonus), {*own, *found})
        found[name] = Adjustment(name, when, _points(amount), because)
    return tuple(found.values()), tuple(too_long)


def folded_texts(scenario: Scenario) -> dict[str, str]:
    """List the texts that a game gives to what it folds in, whatever is drawn: {path: text}."""
    return {
        format_path((*actor.path, "adjustments", _folded_id(bonus), "because")): _reason(bonus, actor, scenario)
        for actor in scenario.actors
        for bonus in bonuses_of(actor, scenario)
        if bonus.kind != "adjustment"
    }


def _folded_id(bonus: Bonus) -> str:
    return "_".join(filter(None, (bonus.kind, bonus.name, bonus.source)))


def _points(amount: int) -> Constant:
    return Constant(float(max(-_MOST, min(_MOST, amount))))


def _reason(bonus: Bonus, actor: Party, scenario: Scenario) -> str:
    if bonus.kind == "carrot":
        title = next(party.title for party in scenario.parties if party.id == bonus.source)
        return f"Held out by {title}."
    title = next(item.title or item.id for item in actor.sacred if item.id == bonus.source)
    return f"Not for sale: {title}." if bonus.kind == "offence" else f"A gesture towards: {title}."


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


NOTES: Mapping[str, str] = MappingProxyType(
    {
        "no_deal": "What may happen without a deal has become one walk-away value of whole points.",
        "durability": "Whether a deal would hold is left out: a deal is worth what it says.",
        "side_payments": "Side payments are left out: there is no money beside what the issues name.",
        "talks": "The calendar of talks is left out, with events, envoys and deadline: a class has its own clock.",
        "sacred": "What is sacred to a party has become points for combinations that offend it or make up for it.",
        "levers": "What mediators hold out has become points of those they would move; sticks are in walk-away values.",
        "guarantees": "The guarantees of mediators are left out: they bear on whether a deal would hold.",
        "good_faith": "Good faith is left out: everybody who plays is taken to negotiate in earnest.",
        "ties": "Rank correlations have done their work: the figures were drawn with them, and stand still now.",
        "expectations": "What the author expects of the scenario is left out: it is about all worlds, and this is one.",
    }
)
"""What a game may leave out of a scenario, or put in another form, in whole sentences."""


def left_out(scenario: Scenario) -> tuple[str, ...]:
    """Say what of a scenario a game does not have: some of the `NOTES`."""
    levers = [lever for party in scenario.parties for lever in party.levers]
    there: dict[str, object] = {
        "no_deal": any(isinstance(actor.no_deal, Lottery | WarValue) for actor in scenario.actors),
        "durability": scenario.durability,
        "side_payments": scenario.side_payments,
        "talks": scenario.talks,
        "sacred": any(party.sacred for party in scenario.parties),
        "levers": levers,
        "guarantees": any(lever.guarantee for lever in levers),
        "good_faith": any(party.good_faith is not None for party in scenario.parties),
        "ties": scenario.ties,
        "expectations": scenario.expectations,
    }
    return tuple(note for name, note in NOTES.items() if there[name])
