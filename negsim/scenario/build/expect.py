"""What the author expects: each claim parsed against all that the scenario has, each flaw put at its place."""

from __future__ import annotations

from collections.abc import Sequence

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.provenance import all_paths
from negsim.scenario.claims.naming import ClaimNames
from negsim.scenario.claims.parse import parse_claim
from negsim.scenario.claims.tree import Claim, Expectation
from negsim.scenario.conditions.parse import MAX_LENGTH
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.types import Party

__all__ = ["build_expectations"]

_HEADS = ("negsim", "id", "title", "about", "base", "sources", "provenance", "expect", "counterexample")
"""Blocks in which nothing can be changed that a result hangs on."""


def build_expectations(shape: ScenarioShape, parties: Sequence[Party], context: Context) -> tuple[Expectation, ...]:
    """Build what the author expects, in the order of the file.

    Names are looked for among what could be built; while anything else is wrong with the file, a name may be missing
    for that reason, so that only claims that are wrong by themselves are reported then.
    """
    if not shape.expect:
        return ()
    names = _names(shape, parties, context)
    built = []
    sound = all(found.path[:1] == ("expect",) for found in context.findings.problems.values())
    for expect_id, expect in shape.expect.items():
        path: Path = ("expect", expect_id, "that")
        claim = _build_claim(expect.that, path, names, context, sound=sound)
        if claim is not None:
            built.append(Expectation(expect_id, claim, expect.severity == "warn", expect.because))
    return tuple(built)


def _build_claim(text: str, path: Path, names: ClaimNames, context: Context, *, sound: bool) -> Claim | None:
    if context.findings.is_broken(path) or context.findings.is_full or context.effort.is_spent:
        return None
    context.effort.n_characters += min(len(text), MAX_LENGTH + 1)
    found = parse_claim(text, names)
    if isinstance(found, Claim):
        return found
    context.findings.mark_broken(path)
    for flaw in found:
        if sound or flaw.code not in _OF_NAMES:
            context.findings.report(flaw.code, path, flaw.message, help=flaw.help, stretch=(flaw.start, flaw.length))
    return None


_OF_NAMES = ("NS301", "NS302", "NS310")


def _names(shape: ScenarioShape, parties: Sequence[Party], context: Context) -> ClaimNames:
    tree = context.findings.document.tree
    parts = {
        format_path(path): path for block in tree if block not in _HEADS for path in all_paths({block: tree[block]}, ())
    }
    actors = [party.id for party in parties]
    actors += [ratifier.id for party in parties for ratifier in party.ratifiers]
    lines = {name: path for name, path in parts.items() if _is_line(path)}
    quantities = {format_path(path): path for path in (one.path for one in context.quantities.values())}
    return ClaimNames(context.names, actors, quantities, parts, lines)


def _is_line(path: Path) -> bool:
    return (path[0] == "rules" and len(path) == 2) or (path[-2:-1] == ("red_lines",) and path[0] == "parties")
