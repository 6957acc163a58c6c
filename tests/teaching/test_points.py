"""What a deal is worth on the sheet is what the analysis of the zone takes it to be worth."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from negsim.scenario import Scenario, loads
from negsim.teaching.analysis import analyse_game, choices_of, seeds_with_a_zone
from negsim.teaching.game import fixed_game
from negsim.teaching.points import role_tables, score
from negsim.testing.strategies import scenarios
from negsim.zone.frontiers import find_frontier
from tests.teaching.small import SWAP

FEW = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)


@FEW
@given(scenarios(max_issues=3, stakes=True))
def test_every_point_of_the_frontier_is_what_its_deal_adds_up_to(scenario: Scenario) -> None:
    game = fixed_game(scenario).scenario
    frontier = find_frontier(game, world=0)
    tables = role_tables(game)
    for point in frontier.found.points:  # type: ignore[union-attr]
        deal = choices_of(point.options, game)
        for party, utility in zip(frontier.parties, point.utility, strict=True):
            one = score(tables[party], deal)
            if one.points is not None:
                assert abs(one.points - utility) < 5e-5  # what rounding may cost a no-deal value, half a unit an issue
            assert not one.crossed


def test_points_lines_and_costs_are_those_of_the_table_by_hand() -> None:
    tables = role_tables(loads(SWAP))
    ann, bob = tables["ann"], tables["bob"]
    assert [score(ann, {"price": k, "time": 0}).points for k in range(4)] == [40, 70, 85, 100]
    assert [round(score(bob, {"price": k, "time": 1}).points or 0, 2) for k in range(4)] == [76, 49.33, 22.67, -4]
    assert score(ann, {"price": 0, "time": 0}).crossed == ("free",)
    assert score(ann, {"price": 0, "time": 0}).refuses
    assert not score(ann, {"price": 0, "time": 0}).below
    assert score(bob, {"price": 0, "time": 1}).bluffs == ("slow",)
    assert not score(bob, {"price": 0, "time": 1}).refuses
    assert score(bob, {"price": 3, "time": 0}).below


def test_the_analysis_finds_the_frontier_and_the_deals_of_theory_by_hand() -> None:
    analysis = analyse_game(fixed_game(loads(SWAP)).scenario)
    points = [(deal.scores["ann"].points, deal.scores["bob"].points) for deal in analysis.frontier]
    assert sorted(points, key=str) == sorted([(85, 47), (70, 73)], key=str)  # (100, 20) leaves Bob short
    assert analysis.has_zone
    assert analysis.best_joint_gain == 73  # 30 + 43 at 10 marks, more than 45 + 17 at 20
    named = {deal.name: dict(deal.options) for deal in analysis.deals}
    # Nash: 30 * 43 = 1290 beats 45 * 17 = 765.
    assert named["nash"] == named["joint"] == {"price": "10", "time": "now"}


def test_a_game_without_a_zone_says_so_and_other_seeds_are_looked_through() -> None:
    hard = SWAP.replace("no_deal: 40", "no_deal: 95..100").replace("no_deal: 30", "no_deal: 10..100")
    analysis = analyse_game(fixed_game(loads(SWAP.replace("no_deal: 40", "no_deal: 95"))).scenario)
    assert analysis.has_zone is False
    assert analysis.best_joint_gain is None
    found = list(seeds_with_a_zone(loads(hard), 0))
    assert all(analyse_game(fixed_game(loads(hard), seed).scenario).has_zone for seed in found)
    missing = set(range(1, 21)) - set(found)
    assert not any(analyse_game(fixed_game(loads(hard), seed).scenario).has_zone for seed in missing)
