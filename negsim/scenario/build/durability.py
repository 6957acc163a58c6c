"""Durability: who may break a deal, what holds them back, and what a breach would find changed."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.commitments import Breaker, Durability, PowerShift, Remedy, Support
from negsim.scenario.quantities import POINTS, PROBABILITY, RATE, SHARE
from negsim.scenario.schema_commitments import DurabilityShape, PowerShiftShape, RemedyShape, SupportShape

__all__ = ["build_durability"]


def build_durability(shape: DurabilityShape | None, context: Context) -> Durability | None:
    """Build the block ``durability``, if there is one."""
    if shape is None:
        return None
    root = ("durability",)
    supports = [_build_support(name, item, (*root, "supports", name), context) for name, item in shape.supports.items()]
    shifts = [
        _build_shift(name, item, (*root, "power_shifts", name), context) for name, item in shape.power_shifts.items()
    ]
    remedies = [_build_remedy(name, item, (*root, "remedies", name), context) for name, item in shape.remedies.items()]
    return Durability(
        breakers=_build_breakers(shape, (*root, "breakers"), context),
        term=shape.term,
        supports=tuple(item for item in supports if item is not None),
        power_shifts=tuple(item for item in shifts if item is not None),
        remedies=tuple(item for item in remedies if item is not None),
        about=shape.about,
    )


def _build_breakers(shape: DurabilityShape, path: Path, context: Context) -> tuple[Breaker, ...]:
    """Build the breakers, in the order of their ids."""
    built = []
    for party_id in sorted(shape.breakers):
        breaker, below = shape.breakers[party_id], (*path, party_id)
        if context.knows_party(party_id, below, on_key=True):
            hazard = build_quantity(breaker.hazard, (*below, "hazard"), RATE, context)
            built.append(Breaker(party_id, hazard, breaker.because))
    return tuple(built)


def _build_support(name: str, shape: SupportShape, path: Path, context: Context) -> Support | None:
    when = build_condition(shape.when, (*path, "when"), context)
    credibility = build_quantity(shape.credibility, (*path, "credibility"), PROBABILITY, context)
    if when is None:
        return None
    return Support(name, when, credibility, shape.lasts == "guarantee", tuple(shape.against), shape.because)


def _build_shift(name: str, shape: PowerShiftShape, path: Path, context: Context) -> PowerShift | None:
    when = build_condition(shape.when, (*path, "when"), context)
    by = None if shape.by is None else build_quantity(shape.by, (*path, "by"), PROBABILITY, context)
    points = []
    for party_id in sorted(shape.points):
        below = (*path, "points", party_id)
        if context.knows_party(party_id, below, on_key=True):
            points.append((party_id, build_quantity(shape.points[party_id], below, POINTS, context)))
    if when is None:
        return None
    return PowerShift(name, when, shape.towards, by, tuple(points), tuple(shape.if_broken_by), shape.because)


def _build_remedy(name: str, shape: RemedyShape, path: Path, context: Context) -> Remedy | None:
    when = build_condition(shape.when, (*path, "when"), context)
    takes_away = build_quantity(shape.takes_away, (*path, "takes_away"), SHARE, context)
    return None if when is None else Remedy(name, when, takes_away, tuple(shape.shifts), shape.because)
