"""Issues that may be settled early: nothing else may hang on them, since then it would have to be seen anew."""

from __future__ import annotations

from collections.abc import Iterator

from negsim.errors import Path, format_path
from negsim.scenario.build.context import Context
from negsim.scenario.build.talks.calendar import ROOT
from negsim.scenario.commitments import Durability
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.types import Party, Scenario

__all__ = ["check_settled_issues"]


def check_settled_issues(scenario: Scenario, context: Context) -> None:
    """Report partial agreements on issues that a condition names, or that are the term of a deal."""
    if scenario.talks is None or not scenario.talks.partial_agreements:
        return
    named: dict[str, Path] = {}
    for path, condition in _conditions(scenario):
        for issue in condition.issues:
            named.setdefault(issue, path)
    if scenario.durability is not None and scenario.durability.term:
        named.setdefault(scenario.durability.term, ("durability", "term"))
    for partial in scenario.talks.partial_agreements:
        where = (*ROOT, "partial_agreements", partial.id, "issue")
        if partial.issue in named and not context.findings.is_broken(where):
            message = f"{partial.issue} cannot be settled early, since {format_path(named[partial.issue])} hangs on it"
            help = "make what is settled early an issue of its own"
            context.findings.report("NS446", where, message, help=help)


def _conditions(scenario: Scenario) -> Iterator[tuple[Path, Condition]]:
    """List what a scenario lets hang on issues."""
    for issue in scenario.issues:
        if issue.when is not None:
            yield ("issues", issue.id, "when"), issue.when
    for rule in scenario.rules:
        yield ("rules", rule.id, "require"), rule.require
    for actor in scenario.actors:
        yield from _of_actor(actor)
    if scenario.durability is not None:
        yield from _of_durability(scenario.durability)


def _of_actor(actor: Party) -> Iterator[tuple[Path, Condition]]:
    root = actor.path
    if actor.consents_to is not None:
        yield (*root, "consents_to"), actor.consents_to
    for line in actor.red_lines:
        yield (*root, "red_lines", line.id, "require"), line.require
    for adjustment in actor.adjustments:
        yield (*root, "adjustments", adjustment.id, "when"), adjustment.when
    for sacred in actor.sacred:
        for key, condition in (
            ("require", sacred.require),
            ("material", sacred.material),
            ("symbolic", sacred.symbolic),
        ):
            if condition is not None:
                yield (*root, "sacred", sacred.id, key), condition
    for lever in actor.levers:
        for carrot in lever.carrots:
            yield (*root, "levers", lever.party, "carrots", carrot.id, "when"), carrot.when
        if lever.guarantee is not None:
            yield (*root, "levers", lever.party, "guarantee", "when"), lever.guarantee.when


def _of_durability(durability: Durability) -> Iterator[tuple[Path, Condition]]:
    for block in ("supports", "power_shifts", "remedies"):
        for item in getattr(durability, block):
            yield ("durability", block, item.id, "when"), item.when
