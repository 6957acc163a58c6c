"""What a scenario says of no deal, durability, what pushes parties and how they bargain, as plain data.

Its numbers are quantities, but for those that count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from negsim.scenario.bargaining import Protocol
from negsim.scenario.commitments import Durability, Lever, Sacred, SidePayments
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.no_deal import EndState, Lottery, NoDeal, SameAs, War, WarValue

__all__ = [
    "durability_data",
    "lever_data",
    "no_deal_data",
    "protocol_data",
    "sacred_data",
    "side_payments_data",
    "war_data",
]

Data = dict[str, Any]


def no_deal_data(no_deal: NoDeal | None) -> Data | None:
    """Give the form of a no-deal value; null without any."""
    match no_deal:
        case None:
            return None
        case Lottery():
            ends = [{"id": end.id, "same_as": _state(end.worth), "because": end.because} for end in no_deal.ends]
            return {"form": "lottery", "ends": ends, "now": _state(no_deal.now), "option": str(no_deal.option)}
        case WarValue():
            states = {"win": no_deal.win, "lose": no_deal.lose, "now": no_deal.now}
            told = {name: _state(state) for name, state in states.items()}
            return {"form": "war", "side": no_deal.side, **told, "option": str(no_deal.option)}
        case SameAs():
            return {"form": "outcome", "same_as": _state(no_deal)}
        case _:
            return {"form": "number"}


def _state(state: EndState | None) -> Data | None:
    """Give the options of an outcome; null for points and for nothing."""
    return dict(state.options) if isinstance(state, SameAs) else None


def war_data(war: War | None) -> Data | None:
    """Give the sides of the war; null where there is none."""
    return None if war is None else {"about": war.about, "sides": [side.party for side in war.sides]}


def durability_data(held: Durability | None) -> Data | None:
    """Give who may break a deal and what bears on it; null where deals last."""
    if held is None:
        return None
    return {
        "about": held.about,
        "term": held.term or None,
        "breakers": [{"party": one.party, "because": one.because} for one in held.breakers],
        "supports": [
            {
                "id": one.id,
                "when": one.when.text,
                "lasts": "guarantee" if one.guaranteed else "deal",
                "against": list(one.against),
                "because": one.because,
            }
            for one in held.supports
        ],
        "power_shifts": [
            {
                "id": one.id,
                "when": one.when.text,
                "towards": one.towards or None,
                "if_broken_by": list(one.if_broken_by),
                "because": one.because,
            }
            for one in held.power_shifts
        ],
        "remedies": [
            {"id": one.id, "when": one.when.text, "shifts": list(one.shifts), "because": one.because}
            for one in held.remedies
        ],
    }


def sacred_data(held: Sacred) -> Data:
    """Give what is sacred, and what offends and relieves."""
    return {
        "id": held.id,
        "title": held.title,
        "require": held.require.text,
        "material": _text(held.material),
        "symbolic": _text(held.symbolic),
        "because": held.because,
    }


def lever_data(lever: Lever) -> Data:
    """Give on whom a lever works, and where."""
    return {
        "party": lever.party,
        "carrots": [{"id": one.id, "when": one.when.text, "because": one.because} for one in lever.carrots],
        "guarantee": _text(lever.guarantee.when) if lever.guarantee else None,
        "because": lever.because,
    }


def side_payments_data(held: SidePayments | None) -> Data | None:
    """Give who can pay whom in what; null where nobody can."""
    if held is None:
        return None
    return {"about": held.about, "currency": held.currency, "parties": [party for party, _ in held.worth]}


def protocol_data(protocol: Protocol | None, signatories: Sequence[str]) -> Data | None:
    """Give the order of the talks; null where it is not said. Without an order, signatories speak as they are given."""
    if protocol is None:
        return None
    return {
        "about": protocol.about,
        "kind": protocol.kind,
        "rounds": protocol.rounds,
        "sessions": protocol.sessions,
        "order": list(protocol.order or signatories),
        "offers": protocol.offers,
        "beliefs": protocol.beliefs,
    }


def _text(condition: Condition | None) -> str | None:
    return None if condition is None else condition.text
