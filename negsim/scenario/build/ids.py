"""Ids: what a thing may be called, so that conditions and paths can name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from negsim.errors import Path
from negsim.scenario.findings import Findings
from negsim.scenario.schema import SCENARIO_ID_PATTERN, ScenarioShape
from negsim.scenario.schema_base import ID_PATTERN
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
    return frozenset(bad)


def _mended(name: str) -> str:
    """Make an id of a name, if that can be done simply."""
    candidate = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:64]
    return f"such as {candidate}" if _ID.fullmatch(candidate) and candidate not in RESERVED else ""


def _all_ids(shape: ScenarioShape) -> Iterator[tuple[Path, str]]:
    for block in ("sources", "issues", "parties", "rules", "ties"):
        for name in getattr(shape, block):
            yield (block, name), name
    for issue, issue_shape in shape.issues.items():
        listed = not any(title for _, title in issue_shape.options)
        for position, (name, _) in enumerate(issue_shape.options):
            yield ("issues", issue, "options", str(position) if listed else name), name
    for party, party_shape in shape.parties.items():
        for name in party_shape.red_lines:
            yield ("parties", party, "red_lines", name), name
        for name in party_shape.adjustments:
            yield ("parties", party, "adjustments", name), name
