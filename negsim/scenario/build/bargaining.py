"""Bargaining: the protocol of the talks, and by what tactic each signatory bargains."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path, UsageError
from negsim.scenario.bargaining import Parameter, Protocol, Tactic
from negsim.scenario.build.context import Context
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.plugins import known_tactics, tactic_parameters
from negsim.scenario.quantities import PROBABILITY, Constant, Quantity
from negsim.scenario.schema import PartyShape
from negsim.scenario.schema_bargaining import ProtocolShape, TacticShape
from negsim.scenario.types import Party, Role
from negsim.scenario.words import joined, shown

__all__ = ["build_protocol", "build_tactic", "build_tactic_of", "build_walk_out"]


def build_tactic(shape: PartyShape, root: Path, context: Context) -> Tactic | None:
    """Build the tactic of the party at ``root``, with every parameter that it has; None where it gives none."""
    path = (*root, "tactic")
    if shape.tactic is None or not _bargains(shape, path, context):
        return None
    return build_tactic_of(shape.tactic, path, context)


def build_tactic_of(tactic: TacticShape | None, path: Path, context: Context) -> Tactic | None:
    """Build the tactic that stands at ``path``, whoever has it; None where there is none."""
    if tactic is None:
        return None
    parameters = _find_parameters(tactic, path, context)
    return None if parameters is None else _build(tactic, parameters, (*path, tactic.name), context)


def build_walk_out(shape: PartyShape, root: Path, context: Context) -> Quantity | None:
    """Build the belief below which the party at ``root`` leaves; None where it gives none."""
    belief, path = shape.walks_out_below, (*root, "walks_out_below")
    if belief is None or not _bargains(shape, path, context):
        return None
    return build_quantity(belief, path, PROBABILITY, context)


def _bargains(shape: PartyShape, path: Path, context: Context) -> bool:
    """Tell whether a party makes offers, so that what stands at ``path`` means something; report it if not."""
    findings = context.findings
    if shape.role == "signatory" or findings.is_broken((*path[:-1], "role")):
        return True
    message = f"{path[-2]} is a {shape.role}, who consents to deals and makes no offers"
    help = f"leave {path[-1]} out, or make it a signatory"
    findings.report("NS429", path, message, help=help, on_key=True)
    return False


def _find_parameters(tactic: TacticShape, path: Path, context: Context) -> tuple[Parameter, ...] | None:
    """Find what parameters a tactic has; report one that is not known or cannot be loaded."""
    findings, named = context.findings, (*path, tactic.name)
    at, on_key = (named, True) if named in findings.document.marks else (path, False)
    try:
        parameters = tactic_parameters(tactic.name)
    except UsageError as error:
        findings.report("NS427", at, str(error), help="mend or remove the package it comes from", on_key=on_key)
        parameters = None
    else:
        if parameters is None:
            help = findings.suggest(tactic.name, known_tactics())
            findings.report("NS427", at, f"there is no tactic {shown(tactic.name)}", help=help, on_key=on_key)
    if parameters is None:
        findings.mark_broken(path)
    return parameters


def _build(tactic: TacticShape, parameters: Sequence[Parameter], path: Path, context: Context) -> Tactic:
    names, given = [parameter.name for parameter in parameters], dict(tactic.parameters)
    for name in given:
        if name not in names:
            message = f"the tactic {tactic.name} has no parameter {shown(name)}"
            help = context.findings.suggest(name, names) or f"{tactic.name} takes no parameters"
            context.findings.report("NS428", (*path, name), message, help=help, on_key=True)
    built = []
    for parameter in parameters:
        quantity = given.get(parameter.name, Constant(parameter.default))
        built.append((parameter.name, build_quantity(quantity, (*path, parameter.name), parameter.domain, context)))
    return Tactic(tactic.name, tuple(built))


def build_protocol(shape: ProtocolShape | None, parties: Sequence[Party], context: Context) -> Protocol | None:
    """Build the block ``protocol``, if there is one."""
    if shape is None:
        return None
    if "order" in shape.written:
        _check_order(shape.order, parties, context)
    return Protocol(
        kind=shape.kind,
        rounds=shape.rounds,
        sessions=shape.sessions,
        order=tuple(shape.order),
        offers=shape.offers,
        beliefs=shape.beliefs,
        breakdown=build_quantity(shape.breakdown, ("protocol", "breakdown"), PROBABILITY, context),
        about=shape.about,
    )


def _check_order(order: Sequence[str], parties: Sequence[Party], context: Context) -> None:
    """Check that an order of speaking names every signatory once and nobody else."""
    findings, path = context.findings, ("protocol", "order")
    roles = {party.id: party.role for party in parties if not findings.is_broken((*party.path, "role"))}
    seen: set[str] = set()
    for position, party_id in enumerate(order):
        at = (*path, str(position))
        if not context.knows_party(party_id, at):
            continue
        if roles.get(party_id, Role.SIGNATORY) is not Role.SIGNATORY:
            message = f"{party_id} is no signatory and makes no offers"
            findings.report("NS430", at, message, help="its consents_to says where its consent is needed")
        elif party_id in seen:
            findings.report("NS430", at, f"{party_id} is listed twice")
        seen.add(party_id)
    missing = [party_id for party_id, role in roles.items() if role is Role.SIGNATORY and party_id not in seen]
    # A name that is wrong is probably that of the party that is missing.
    if missing and not findings.is_touched(path) and not findings.broken_names(("parties",)):
        message = f"the order of speaking leaves out {joined(missing)}"
        findings.report("NS430", path, message, help="name every signatory once", on_key=True, breaks=False)
