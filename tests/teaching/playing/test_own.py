"""What a person knows of a deal, beside the table by which sheets are printed and deals are graded."""

from __future__ import annotations

import pytest

from negsim.scenario import Scenario, loads
from negsim.teaching.playing.own import own_view
from negsim.teaching.points import role_tables, score
from tests.cli.test_play import MARKED
from tests.teaching.playing.games import HARBOUR, all_deals, match_of, mill

GAMES = [mill(firm="hard"), mill(firm="0"), loads(HARBOUR), loads(MARKED.replace("FIRM", "0"))]


@pytest.mark.parametrize("scenario", GAMES, ids=[game.id for game in GAMES])
def test_points_and_crossed_lines_are_those_of_the_printed_sheet(scenario: Scenario) -> None:
    for party in scenario.parties:
        if party.role != "signatory":
            continue
        match = match_of(scenario, party.id)
        own, table = own_view(match), role_tables(match.scenario)[party.id]
        for deal in all_deals(match):
            view = own.view(deal)
            other = score(
                table, {issue: choice for (issue, _), choice in zip(deal, match.choice_of(deal), strict=True)}
            )
            assert other.points is not None
            assert view.points == pytest.approx(other.points, abs=1e-4)
            assert (view.real, view.bluffs) == (other.crossed, other.bluffs)
            assert view.is_acceptable is not other.refuses


def test_stated_lines_of_others_are_those_that_a_deal_crosses_real_or_not() -> None:
    for firm in ("hard", "0"):
        own = own_view(match_of(mill(firm=firm), "ann"))
        land = (("price", "50"), ("repairs", "bob"), ("pledge", "land"))
        assert own.view(land).stated == (("bob", "land"),)
        assert own.view((*land[:2], ("pledge", "word"))).stated == ()
