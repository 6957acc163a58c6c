"""The war and what a deal has to stand as the plain data of a file."""

from __future__ import annotations

from negsim.scenario.commitments import (
    Carrot,
    Durability,
    Lever,
    Pledge,
    PowerShift,
    Remedy,
    Sacred,
    SidePayments,
    Support,
)
from negsim.scenario.no_deal import War
from negsim.scenario.plain_values import Tree, plain_quantity, present, unless_nothing

__all__ = ["plain_durability", "plain_lever", "plain_sacred", "plain_side_payments", "plain_war"]


def plain_war(war: War) -> Tree:
    """Write the war."""
    sides: Tree = {side.party: present({"collapse": unless_nothing(side.collapse)}) for side in war.sides}
    return present({"sides": sides, "about": war.about or None})


def plain_durability(durability: Durability) -> Tree:
    """Write the block ``durability``."""
    return present(
        {
            "term": durability.term or None,
            "breakers": {
                item.party: present({"hazard": plain_quantity(item.hazard), "because": item.because or None})
                for item in durability.breakers
            },
            "supports": {item.id: _support(item) for item in durability.supports} or None,
            "power_shifts": {item.id: _shift(item) for item in durability.power_shifts} or None,
            "remedies": {item.id: _remedy(item) for item in durability.remedies} or None,
            "about": durability.about or None,
        }
    )


def _support(item: Support) -> Tree:
    return present(
        {
            "when": item.when.text,
            "credibility": plain_quantity(item.credibility),
            "lasts": "guarantee" if item.guaranteed else None,
            "against": [*item.against] or None,
            "because": item.because or None,
        }
    )


def _shift(item: PowerShift) -> Tree:
    return present(
        {
            "when": item.when.text,
            "towards": item.towards or None,
            "by": None if item.by is None else plain_quantity(item.by),
            "points": {party: plain_quantity(points) for party, points in item.points} or None,
            "if_broken_by": [*item.if_broken_by] or None,
            "because": item.because or None,
        }
    )


def _remedy(item: Remedy) -> Tree:
    return present(
        {
            "when": item.when.text,
            "takes_away": plain_quantity(item.takes_away),
            "shifts": [*item.shifts] or None,
            "because": item.because or None,
        }
    )


def plain_lever(lever: Lever) -> Tree:
    """Write what a mediator can do to move one party."""
    return present(
        {
            "stick": unless_nothing(lever.stick),
            "carrots": {carrot.id: _carrot(carrot) for carrot in lever.carrots} or None,
            "guarantee": None if lever.guarantee is None else _pledge(lever.guarantee),
            "because": lever.because or None,
        }
    )


def _carrot(carrot: Carrot) -> Tree:
    points = plain_quantity(carrot.points)
    return present({"when": carrot.when.text, "points": points, "because": carrot.because or None})


def _pledge(pledge: Pledge) -> Tree:
    return {"when": pledge.when.text, "credibility": plain_quantity(pledge.credibility)}


def plain_sacred(sacred: Sacred) -> Tree:
    """Write a value that is not for sale; a gesture is written with its relief, even if that is nothing."""
    return present(
        {
            "title": sacred.title or None,
            "require": sacred.require.text,
            "material": sacred.material.text if sacred.material else None,
            "offence": unless_nothing(sacred.offence),
            "symbolic": sacred.symbolic.text if sacred.symbolic else None,
            "relief": plain_quantity(sacred.relief) if sacred.symbolic else None,
            "because": sacred.because or None,
        }
    )


def plain_side_payments(payments: SidePayments) -> Tree:
    """Write the block ``side_payments``."""
    return present(
        {
            "currency": payments.currency,
            "at_most": plain_quantity(payments.at_most),
            "worth": {party: plain_quantity(worth) for party, worth in payments.worth},
            "about": payments.about or None,
        }
    )
