"""Parties: what each demands, cares about, will not cross, can do, and has without a deal."""

from __future__ import annotations

from dataclasses import replace

from negsim.errors import Path
from negsim.scenario.build.bargaining import build_tactic, build_walk_out
from negsim.scenario.build.conditions import build_optional_condition
from negsim.scenario.build.context import Context
from negsim.scenario.build.demands import build_demands
from negsim.scenario.build.levers import build_levers
from negsim.scenario.build.no_deal import build_no_deal
from negsim.scenario.build.quantities import build_quantity
from negsim.scenario.build.ratifiers import build_ratifiers
from negsim.scenario.build.sacred import build_sacred
from negsim.scenario.build.stakes import build_adjustments, build_rate, build_red_lines
from negsim.scenario.build.values import (
    build_priorities,
    build_values,
    check_valued,
    given_priorities,
    weighted_issues,
)
from negsim.scenario.quantities import PROBABILITY
from negsim.scenario.schema import PartyShape, ScenarioShape
from negsim.scenario.types import Party, Role, Sheet

__all__ = ["build_parties"]


def build_parties(scenario: ScenarioShape, context: Context) -> tuple[Party, ...]:
    """Build the parties, in the order of their ids."""
    return tuple(_build_party(party_id, scenario, context) for party_id in sorted(scenario.parties))


def _build_party(party_id: str, scenario: ScenarioShape, context: Context) -> Party:
    root, shape = ("parties", party_id), scenario.parties[party_id]
    demands = build_demands(shape, root, context)
    priorities = build_priorities(shape, root, context)
    values = build_values(shape, root, context)
    weighted = weighted_issues(given_priorities(shape), demands, values, context)
    check_valued(shape, root, weighted, demands, values, context)
    faith = shape.good_faith
    party = Party(
        id=party_id,
        title=shape.title,
        role=Role(shape.role),
        consents_to=build_optional_condition(shape, "consents_to", (*root, "consents_to"), context),
        demands=demands,
        priorities=priorities,
        values=values,
        red_lines=build_red_lines(shape, root, context),
        adjustments=build_adjustments(shape, root, context),
        no_deal=build_no_deal(shape, root, weighted, context),
        discount_rate=build_rate(shape, root, context),
        good_faith=None if faith is None else build_quantity(faith, (*root, "good_faith"), PROBABILITY, context),
        sacred=build_sacred(shape, root, context),
        levers=build_levers(shape, root, context, durable=_is_durable(scenario, context)),
        tactic=build_tactic(shape, root, context),
        walks_out_below=build_walk_out(shape, root, context),
        about=shape.about,
        sheet=Sheet(shape.sheet.story, tuple(shape.sheet.interests), tuple(shape.sheet.may_say)),
    )
    _check_consent(shape, root, context)
    _check_no_deal(shape, root, context)
    return replace(party, ratifiers=build_ratifiers(shape, party, context))


def _is_durable(scenario: ScenarioShape, context: Context) -> bool:
    return scenario.durability is not None or context.findings.is_broken(("durability",))


def _check_consent(shape: PartyShape, root: Path, context: Context) -> None:
    if "consents_to" in shape.written and shape.role == "signatory":
        message = f"{root[-1]} is a signatory, whose consent is always needed"
        help = "leave consents_to out, or give another role"
        context.findings.report("NS408", (*root, "consents_to"), message, help=help, on_key=True)


def _check_no_deal(shape: PartyShape, root: Path, context: Context) -> None:
    path = (*root, "no_deal")
    stake = next((block for block in ("demands", "priorities", "values") if getattr(shape, block)), None)
    if stake is not None and shape.no_deal is None and not context.findings.is_broken(path):
        message = f"{root[-1]} has {stake} but no no_deal: the utility of having no deal"
        help = "add no_deal: 30..50 (0 to 100, as deals are valued)"
        context.findings.report("NS406", path, message, help=help)
