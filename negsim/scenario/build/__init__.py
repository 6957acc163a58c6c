"""From shapes to meaning: one module for each concern; problems are gathered, never raised on the way."""

from __future__ import annotations

from dataclasses import replace

from negsim.scenario.build.agreement import build_agreement
from negsim.scenario.build.bargaining import build_protocol
from negsim.scenario.build.chances import check_lotteries
from negsim.scenario.build.conditions import build_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.counterexample import build_counterexample
from negsim.scenario.build.durability import build_durability
from negsim.scenario.build.expect import build_expectations
from negsim.scenario.build.ids import check_ids
from negsim.scenario.build.issues import build_issues
from negsim.scenario.build.parties import build_parties
from negsim.scenario.build.provenance import build_provenance, build_sources
from negsim.scenario.build.quantities import check_sames
from negsim.scenario.build.rates import check_rates
from negsim.scenario.build.side_payments import build_side_payments
from negsim.scenario.build.talks import build_talks, check_talks
from negsim.scenario.build.ties import build_ties
from negsim.scenario.build.war import build_war, name_sides
from negsim.scenario.findings import Findings
from negsim.scenario.marks import Document
from negsim.scenario.schema import ScenarioShape
from negsim.scenario.shape_check import read_shape
from negsim.scenario.types import Rule, Scenario

__all__ = ["build_scenario"]


def build_scenario(document: Document) -> Scenario:
    """Build the scenario that a document describes, or raise a ScenarioError with all that is wrong with it."""
    findings = Findings(document)
    if _is_of_later_version(document.tree.get("negsim")):
        # Nothing else in it can be judged by this version.
        read_shape({"negsim": document.tree["negsim"], "id": "x", "title": "x", "issues": {}, "parties": {}}, findings)
        findings.raise_if_any()
    shape = read_shape(document.tree, findings)
    scenario = _build(shape, findings)
    findings.raise_if_any()
    return scenario


def _is_of_later_version(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and version > 1


def _build(shape: ScenarioShape, findings: Findings) -> Scenario:
    for block in ("issues", "parties"):
        empty = not getattr(shape, block) and not findings.is_broken((block,))
        if empty and not findings.broken_names((block,)):
            findings.report("NS207", (block,), f"{block} must not be empty")
    context = build_issues(shape.issues, check_ids(shape, findings), findings)
    context = replace(context, party_ids=shape.parties.keys(), unmoved=_unmoved(shape, findings))
    context = replace(context, sides=name_sides(shape.war, context))
    rules = _build_rules(shape, context)
    war = build_war(shape.war, context)
    parties = build_parties(shape, context)
    agreement = build_agreement(shape, parties, context)
    durability = build_durability(shape.durability, context)
    side_payments = build_side_payments(shape.side_payments, context)
    protocol = build_protocol(shape.protocol, parties, context)
    talks = build_talks(shape.talks, parties, context)
    check_sames(context)
    check_rates(parties, context, durable=durability is not None)
    check_lotteries(parties, context)
    scenario = Scenario(
        id=shape.id,
        title=shape.title,
        about=shape.about,
        issues=tuple(index.issue for index in context.issues.values()),
        parties=parties,
        rules=rules,
        agreement=agreement,
        war=war,
        durability=durability,
        side_payments=side_payments,
        protocol=protocol,
        talks=talks,
        ties=build_ties(shape, context),
        sources=build_sources(shape),
        provenance=build_provenance(shape, context),
        expectations=build_expectations(shape, parties, context),
        counterexample=build_counterexample(shape.counterexample),
    )
    check_talks(scenario, context)
    return scenario


def _unmoved(shape: ScenarioShape, findings: Findings) -> frozenset[str]:
    """Name the parties without a no-deal value; one that needs it is told so where it stands."""
    return frozenset(
        party_id
        for party_id, party in shape.parties.items()
        if party.no_deal is None
        and not (party.demands or party.priorities or party.values)
        and not findings.is_broken(("parties", party_id, "no_deal"))
    )


def _build_rules(shape: ScenarioShape, context: Context) -> tuple[Rule, ...]:
    built = []
    for rule_id, rule in shape.rules.items():
        require = build_condition(rule.require, ("rules", rule_id, "require"), context)
        if require is not None:
            built.append(Rule(rule_id, require, rule.because))
    return tuple(built)
