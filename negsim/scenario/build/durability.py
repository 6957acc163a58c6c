"""Durability: who may break a deal, what holds them back, and what a breach would find changed."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.named import check_breakers, check_shifts, check_side, check_term
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.commitments import Breaker, Durability, PowerShift, Remedy, Support
from negsim.scenario.quantities import POINTS, PROBABILITY, RATE, SHARE, Quantity
from negsim.scenario.schema_commitments import DurabilityShape, PowerShiftShape, RemedyShape, SupportShape

__all__ = ["build_durability"]

_ROOT = ("durability",)


def build_durability(shape: DurabilityShape | None, context: Context) -> Durability | None:
    """Build the block ``durability``, if there is one."""
    if shape is None:
        return None
    check_term(shape, (*_ROOT, "term"), context)
    breakers = _build_breakers(shape, (*_ROOT, "breakers"), context)
    supports = [_build_support(name, shape, context) for name in shape.supports]
    shifts = [_build_shift(name, shape, context) for name in shape.power_shifts]
    remedies = [_build_remedy(name, shape, context) for name in shape.remedies]
    return Durability(
        breakers=breakers,
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
    findings = context.findings
    if not shape.breakers and not findings.is_touched(path):
        help = "name a party that may break a deal"
        findings.report("NS207", path, "durability needs a breaker", help=help, on_key=True, breaks=False)
    return tuple(built)


def _build_support(name: str, durability: DurabilityShape, context: Context) -> Support | None:
    shape, path = durability.supports[name], (*_ROOT, "supports", name)
    when = build_condition(shape.when, (*path, "when"), context)
    credibility = build_quantity(shape.credibility, (*path, "credibility"), PROBABILITY, context)
    check_breakers(shape, "against", path, durability, context)
    _check_lasting(shape, path, durability, context)
    if when is None:
        return None
    return Support(name, when, credibility, shape.lasts == "guarantee", tuple(shape.against), shape.because)


def _check_lasting(shape: SupportShape, path: Path, durability: DurabilityShape, context: Context) -> None:
    known = "term" in durability.written or context.findings.is_broken((*_ROOT, "term"))
    if shape.lasts == "guarantee" and not known:
        message = "it lasts as long as the guarantee, and durability has no term that says how long that is"
        help = "add term: the issue that counts the years"
        context.findings.report("NS424", (*path, "lasts"), message, help=help)


def _build_shift(name: str, durability: DurabilityShape, context: Context) -> PowerShift | None:
    shape, path = durability.power_shifts[name], (*_ROOT, "power_shifts", name)
    when = build_condition(shape.when, (*path, "when"), context)
    by = None if shape.by is None else build_quantity(shape.by, (*path, "by"), PROBABILITY, context)
    points: list[tuple[str, Quantity]] = []
    for party_id in sorted(shape.points):
        below = (*path, "points", party_id)
        if context.moves_party(party_id, below, "a shift of power"):
            points.append((party_id, build_quantity(shape.points[party_id], below, POINTS, context)))
    _check_shift(shape, path, context)
    check_breakers(shape, "if_broken_by", path, durability, context)
    if when is None:
        return None
    return PowerShift(name, when, shape.towards, by, tuple(points), tuple(shape.if_broken_by), shape.because)


def _check_shift(shape: PowerShiftShape, path: Path, context: Context) -> None:
    """Check that a shift changes something: the chances in the war, or what no deal is worth."""
    findings, given = context.findings, shape.written
    has = {key: key in given or findings.is_broken((*path, key)) for key in ("towards", "by")}
    if has["towards"] and has["by"]:
        check_side(shape, path, context)
    elif has["towards"] or has["by"]:
        key, other = ("towards", "by") if has["towards"] else ("by", "towards")
        message = f"{key} stands without {other}: a shift is towards a side of the war, by some probability"
        findings.report("NS424", (*path, key), message, help=f"add {other}:", on_key=True, breaks=False)
    elif not shape.points and not findings.is_touched((*path, "points")):
        message = f"the shift {path[-1]} changes nothing"
        help = "add towards: and by:, or points:"
        findings.report("NS424", path, message, help=help, on_key=True, breaks=False)


def _build_remedy(name: str, durability: DurabilityShape, context: Context) -> Remedy | None:
    shape: RemedyShape = durability.remedies[name]
    path = (*_ROOT, "remedies", name)
    when = build_condition(shape.when, (*path, "when"), context)
    takes_away = build_quantity(shape.takes_away, (*path, "takes_away"), SHARE, context)
    check_shifts(shape, path, durability, context)
    return None if when is None else Remedy(name, when, takes_away, tuple(shape.shifts), shape.because)
