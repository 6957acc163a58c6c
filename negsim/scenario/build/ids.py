"""Ids: what a thing may be called, so that conditions and paths can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from negsim.errors import Path
from negsim.scenario.findings import Findings
from negsim.scenario.quantities import Quantity
from negsim.scenario.schema import SCENARIO_ID_PATTERN, PartyShape, ScenarioShape, StakesShape
from negsim.scenario.schema_base import ID_PATTERN
from negsim.scenario.schema_no_deal import ChargeShape, LotteryNoDealShape, WarNoDealShape
from negsim.scenario.schema_talks import TalksShape
from negsim.scenario.words import shown

__all__ = ["RESERVED", "check_ids"]

RESERVED = frozenset({"and", "or", "not", "implies", "iff", "in", "irrelevant", "any", "true", "false", "null"})
_ID = re.compile(ID_PATTERN.removeprefix("^").removesuffix("$"))
_SCENARIO_ID = re.compile(SCENARIO_ID_PATTERN.removeprefix("^").removesuffix("$"))


def check_ids(shape: ScenarioShape, findings: Findings) -> frozenset[str]:
    """Report every bad id; return those that conditions might name."""
    if not _SCENARIO_ID.fullmatch(shape.id):
        message = f"id is {shown(shape.id)}; it must be small letters, digits, '-' and '_', at most 64"
        findings.report("NS205", ("id",), message, help=_mended(shape.id))
    bad = set()
    for path, name in _all_ids(shape):
        if name in RESERVED:
            message, help = f"{shown(name)} has a meaning in conditions and cannot be an id", ""
        elif not _ID.fullmatch(name):
            message = f"{shown(name)} is no id: a small letter, then small letters, digits and '_', at most 64"
            help = _mended(name)
        else:
            continue
        findings.report("NS205", path, message, help=help, on_key=True, breaks=False)
        bad.add(name)
    _report_namesakes(shape, findings)
    return frozenset(bad)


def _report_namesakes(shape: ScenarioShape, findings: Findings) -> None:
    """Report ratifiers that are called like a party or another ratifier."""
    known = dict.fromkeys(shape.parties, "a party")
    for party_id, party in shape.parties.items():
        for ratifier_id in party.ratifiers:
            if ratifier_id in known:
                path = ("parties", party_id, "ratifiers", ratifier_id)
                message = f"{ratifier_id} is the id of {known[ratifier_id]} already"
                findings.report("NS205", path, message, help="give it another id", on_key=True, breaks=False)
            known.setdefault(ratifier_id, f"a ratifier of {party_id}")


def _mended(name: str) -> str:
    """Make an id of a name, if that can be done simply."""
    candidate = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64]
    return f"such as {candidate}" if _ID.fullmatch(candidate) and candidate not in RESERVED else ""


def _all_ids(shape: ScenarioShape) -> Iterator[tuple[Path, str]]:
    for block in ("sources", "issues", "parties", "rules", "ties", "expect"):
        for name in getattr(shape, block):
            yield (block, name), name
    for issue, issue_shape in shape.issues.items():
        listed = not any(title for _, title in issue_shape.options)
        for position, (name, _) in enumerate(issue_shape.options):
            yield ("issues", issue, "options", str(position) if listed else name), name
    for party, party_shape in shape.parties.items():
        yield from _ids_of_party(party_shape, ("parties", party))
    if shape.durability is not None:
        for block in ("supports", "power_shifts", "remedies"):
            yield from _keys(getattr(shape.durability, block), ("durability", block))
    if shape.talks is not None:
        yield from _ids_of_talks(shape.talks)


def _ids_of_talks(shape: TalksShape) -> Iterator[tuple[Path, str]]:
    root = ("talks",)
    for block in ("sessions", "tracks", "envoys", "reciprocity", "counsel", "observed"):
        yield from _keys(getattr(shape, block), (*root, block))
    for block in ("events", "partial_agreements", "what_if"):
        for name, item in getattr(shape, block).items():
            yield (*root, block, name), name
            yield from _keys(item.effects, (*root, block, name, "effects"))


def _ids_of_party(shape: PartyShape, root: Path) -> Iterator[tuple[Path, str]]:
    yield from _ids_of_stakes(shape, root)
    yield from _keys(shape.sacred, (*root, "sacred"))
    for party, lever in shape.levers.items():
        yield from _keys(lever.carrots, (*root, "levers", party, "carrots"))
    yield from _keys(shape.ratifiers, (*root, "ratifiers"))
    for ratifier, ratifier_shape in shape.ratifiers.items():
        yield from _ids_of_stakes(ratifier_shape, (*root, "ratifiers", ratifier))


def _ids_of_stakes(shape: StakesShape, root: Path) -> Iterator[tuple[Path, str]]:
    yield from _keys(shape.red_lines, (*root, "red_lines"))
    yield from _keys(shape.adjustments, (*root, "adjustments"))
    if isinstance(shape.no_deal, LotteryNoDealShape):
        path = (*root, "no_deal", "lottery")
        yield from _keys(shape.no_deal.lottery.ends, (*path, "ends"))
        yield from _ids_of_charges(shape.no_deal.lottery.costs, (*path, "costs"))
    elif isinstance(shape.no_deal, WarNoDealShape):
        path = (*root, "no_deal", "war")
        yield from _ids_of_charges(shape.no_deal.war.losses, (*path, "losses"))
        yield from _ids_of_charges(shape.no_deal.war.costs, (*path, "costs"))


def _ids_of_charges(charges: Mapping[str, Quantity | ChargeShape], path: Path) -> Iterator[tuple[Path, str]]:
    yield from _keys(charges, path)
    for name, charge in charges.items():
        if isinstance(charge, ChargeShape):
            yield from _keys(charge.factors, (*path, name, "factors"))


def _keys(mapping: Mapping[str, object], path: Path) -> Iterator[tuple[Path, str]]:
    return (((*path, name), name) for name in mapping)
