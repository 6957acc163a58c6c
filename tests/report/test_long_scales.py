"""Which levels of a long scale the zone report shows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from negsim.model.estimates import Estimate
from negsim.report.page import Page
from negsim.report.text_zone import write_zone
from negsim.scenario.types import Issue, IssueKind, Party, Role, Scenario
from negsim.zone.result import NearDeals, OptionFinding
from tests.report.examples import estimate, finding, scenario, shares

N_LEVELS = 101
NONE = Estimate(0.0, 0.0, 0.001)
LEVELS = tuple(str(level) for level in range(N_LEVELS))
PRICE = Issue(
    "price", "Price", IssueKind.NUMERIC, LEVELS, LEVELS, levels=tuple(Fraction(level) for level in range(N_LEVELS))
)


def shown(with_zone: range, *deals: int, kind: IssueKind = IssueKind.NUMERIC) -> tuple[list[int], str]:
    """The levels in the table, and the line below it."""
    told = Scenario("s", "A sale", (replace(PRICE, kind=kind),), (Party("a", "A", Role.SIGNATORY),))
    plain = finding(scenario())
    options = tuple(
        OptionFinding("price", level, share, share, shares(told, 0.5))
        for level in LEVELS
        for share in [estimate(0.2 + int(level) / 500) if int(level) in with_zone else NONE]
    )
    held = tuple(replace(plain.deals[0], options=(("price", str(deal)),), parties=shares(told, 0.5)) for deal in deals)
    page = Page()
    found = replace(plain, parties=("a",), options=options, deals=held, near=NearDeals(1, ()), moves=(), coins=())
    found = replace(found, blocks=None, solutions=())
    write_zone(page, found, told, "1.2.3")
    table = page.text().partition("\nPrice\n")[2].partition("\n\n")[0].splitlines()
    return [int(line.split()[0]) for line in table if line.split()[0].isdigit()], " ".join(
        line.strip() for line in table if not line.split()[0].isdigit()
    )


def test_rows_go_to_levels_with_a_zone_evenly_spread_and_to_those_of_the_deals() -> None:
    levels, below = shown(range(40, 81), 47, 53)
    assert len(levels) == 12
    assert {40, 47, 53, 80} <= set(levels) <= set(range(40, 81))
    assert max(second - first for first, second in pairwise(levels)) <= 5
    assert below == "(12 of 101 levels. Left out: 60 in no zone and 29 between those shown; --format csv has all.)"


def test_all_levels_with_a_zone_are_shown_where_they_are_few() -> None:
    assert shown(range(40, 45), 42) == (
        [40, 41, 42, 43, 44],
        "(5 of 101 levels. Left out: 96 in no zone; --format csv has all.)",
    )


def test_without_any_zone_the_whole_scale_is_spread() -> None:
    levels, below = shown(range(0))
    assert (len(levels), levels[0], levels[-1]) == (12, 0, 100)
    assert "Left out: 89 in no zone;" in below


@pytest.mark.parametrize("n_deals", [11, 12, 13])
def test_deals_never_make_the_table_longer(n_deals: int) -> None:
    levels, _ = shown(range(40, 81), *range(50, 50 + n_deals))
    assert len(levels) == 12
    assert set(range(50, 50 + min(n_deals, 12))) <= set(levels)


def test_of_a_long_plain_list_the_most_frequent_are_shown() -> None:
    levels, below = shown(range(40, 81), 45, kind=IssueKind.CATEGORICAL)
    assert levels == [45, *range(70, 81)]
    assert "(12 of 101 options. Left out: 60 in no zone and 29 less frequent;" in below
