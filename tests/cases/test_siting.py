"""A biogas plant on paper: who blocks under the quorum, and the zone of one world, deal by deal."""

from __future__ import annotations

from itertools import combinations

import pytest

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.by_hand import SCENARIOS, deals, middle, read, utility

CASE = read("biogas-siting")
PARTIES = CASE["parties"]
QUORUM, VETOES = CASE["agreement"]["quorum"], set(CASE["agreement"]["vetoes"])
DEALS = deals(CASE)
LINES = {"residents": ("site", "harbour"), "nature": ("site", "meadow")}


def passes(yes: set[str]) -> bool:
    return len(yes) >= QUORUM and yes >= VETOES


def blocks(coalition: set[str]) -> bool:
    return not passes(set(PARTIES) - coalition)


def accepting(deal: dict[str, object], *, firm: bool) -> set[str]:
    """Name the parties content with a deal, each at the middle of its no-deal range."""
    content = {name for name, party in PARTIES.items() if utility(party, deal) >= middle(party["no_deal"])}
    return content - {name for name, (issue, option) in LINES.items() if firm and deal[issue] == option}


def test_two_block_alone_and_of_the_others_any_two_together() -> None:
    coalitions = [set(one) for size in range(7) for one in combinations(PARTIES, size)]
    blocking = [one for one in coalitions if blocks(one)]
    smallest = [one for one in blocking if not any(other < one for other in blocking)]
    others = sorted(set(PARTIES) - VETOES)
    expected = [{veto} for veto in VETOES] + [set(pair) for pair in combinations(others, 2)]
    assert sorted(map(sorted, smallest)) == sorted(map(sorted, expected))
    assert len(expected) == 2 + 6


def test_there_are_405_deals() -> None:
    assert len(DEALS) == 405


@pytest.mark.parametrize("firm", [False, True], ids=["bluffs", "firm"])
@pytest.mark.parametrize("quorum", [5, 6])
def test_the_zone_of_the_middle_world_has_as_many_deals_as_are_counted(quorum: int, *, firm: bool) -> None:
    counted = len(zone(quorum, firm=firm))
    changes = [f"agreement.quorum={quorum}"]
    changes += [f"parties.{name}.no_deal={float(middle(party['no_deal']))}" for name, party in PARTIES.items()]
    line_of = {"residents": "not_in_the_harbour", "nature": "not_beside_the_meadow"}
    changes += [f"parties.{name}.red_lines.{line}.firmness={int(firm)}" for name, line in line_of.items()]
    found = analyse_zone(load(SCENARIOS / "biogas-siting.scenario.yaml", overrides=changes), n_worlds=64)
    assert (found.size.median or 0) == counted


def zone(quorum: int, *, firm: bool) -> set[int]:
    return {k for k, deal in enumerate(DEALS) if agreed(accepting(deal, firm=firm), quorum)}


def agreed(yes: set[str], quorum: int) -> bool:
    return len(yes) >= quorum and yes >= VETOES


def test_unanimity_is_narrower_than_the_quorum_and_firm_lines_than_bluffs() -> None:
    assert zone(6, firm=True) <= zone(6, firm=False)
    assert zone(6, firm=True) < zone(5, firm=True) <= zone(5, firm=False)
