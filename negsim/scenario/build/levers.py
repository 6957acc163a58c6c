"""Levers: what a mediator or guarantor can do to move each party."""

from __future__ import annotations

from negsim.errors import Path
from negsim.scenario.build.conditions import build_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.commitments import Carrot, Lever, Pledge
from negsim.scenario.quantities import POINTS, PROBABILITY, STICK
from negsim.scenario.schema import PartyShape
from negsim.scenario.schema_commitments import LeverShape, PledgeShape

__all__ = ["build_levers"]


def build_levers(shape: PartyShape, root: Path, context: Context, *, durable: bool) -> tuple[Lever, ...]:
    """Build the levers of the party at ``root``, in the order of the parties that they move.

    ``durable`` says whether the scenario asks if a deal holds, so that a guarantee means something.
    """
    path, findings = (*root, "levers"), context.findings
    if shape.levers and shape.role == "signatory" and not findings.is_broken((*root, "role")):
        message = f"{root[-1]} is a signatory, who moves others by what it agrees to"
        help = "leave the levers out, or give another role"
        findings.report("NS425", path, message, help=help, on_key=True)
        return ()
    built = []
    for party_id in sorted(shape.levers):
        below = (*path, party_id)
        if party_id == root[-1]:
            message = f"{party_id} has a lever on itself"
            findings.report("NS425", below, message, help="name the party that it moves", on_key=True)
        elif context.moves_party(party_id, below, "a lever"):
            lever = shape.levers[party_id]
            if lever.guarantee is not None and not durable:
                message = "a guarantee bears on whether a deal holds, and the scenario has no durability"
                help = "add durability: {breakers: {...}}"
                findings.report("NS425", (*below, "guarantee"), message, help=help, on_key=True, breaks=False)
            built.append(_build(party_id, lever, below, context))
    return tuple(built)


def _build(party_id: str, shape: LeverShape, path: Path, context: Context) -> Lever:
    carrots = []
    for carrot_id, carrot in shape.carrots.items():
        below = (*path, "carrots", carrot_id)
        when = build_condition(carrot.when, (*below, "when"), context)
        points = build_quantity(carrot.points, (*below, "points"), POINTS, context)
        if when is not None:
            carrots.append(Carrot(carrot_id, when, points, carrot.because))
    return Lever(
        party_id,
        build_quantity(shape.stick, (*path, "stick"), STICK, context),
        tuple(carrots),
        None if shape.guarantee is None else _build_pledge(shape.guarantee, (*path, "guarantee"), context),
        shape.because,
    )


def _build_pledge(shape: PledgeShape, path: Path, context: Context) -> Pledge | None:
    when = build_condition(shape.when, (*path, "when"), context)
    credibility = build_quantity(shape.credibility, (*path, "credibility"), PROBABILITY, context)
    return None if when is None else Pledge(when, credibility)
