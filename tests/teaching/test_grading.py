"""Grades by hand and by brute force: points, ranks, efficiency, the way to the frontier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import dist, sqrt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negsim.model.structure import compile_structure
from negsim.scenario import Scenario, load_with_places, loads
from negsim.scenario.types import Role
from negsim.teaching.analysis import analyse_game, choices_of
from negsim.teaching.forms import Form, Forms, read_forms
from negsim.teaching.game import fixed_game
from negsim.teaching.grading import Grading, grade
from negsim.teaching.points import RoleTable, role_tables, score
from negsim.testing.strategies import scenarios
from tests.reference import Outcome, holds, outcomes
from tests.teaching.small import SWAP

SCENARIOS = Path(__file__).parents[2] / "scenarios"

FORMS = "group,price,time\nA,10,now\nB,20,now\nC,10,later\nD,no deal,\nE,0,now\nF,30,later\n"


def graded(text: str = FORMS, scenario: str = SWAP) -> Grading:
    game = fixed_game(loads(scenario)).scenario
    return grade(read_forms(text, game, compile_structure(game)), game, analyse_game(game))


def test_points_ranks_and_products_are_those_by_hand() -> None:
    rows = {row.form.group: row for row in graded().rows}
    points = {group: (row.scores["ann"].points, row.scores["bob"].points) for group, row in rows.items()}
    assert points == {"A": (70, 73), "B": (85, 47), "C": (30, 49), "D": (40, 30), "E": (40, 100), "F": (60, -4)}
    assert {group: row.ranks["ann"] for group, row in rows.items()} == {"A": 2, "B": 1, "C": 6, "D": 4, "E": 4, "F": 3}
    assert {group: row.ranks["bob"] for group, row in rows.items()} == {"A": 2, "B": 4, "C": 3, "D": 5, "E": 1, "F": 6}
    assert {group: row.nash_product for group, row in rows.items()} == {
        "A": 30 * 43, "B": 45 * 17, "C": 0, "D": 0, "E": 0, "F": 0,
    }  # fmt: skip
    assert {group: row.joint for group, row in rows.items()} == {
        "A": 143,
        "B": 132,
        "C": 79,
        "D": 70,
        "E": 140,
        "F": 56,
    }


def test_efficiency_and_the_way_to_the_frontier_are_those_by_hand() -> None:
    rows = {row.form.group: row for row in graded().rows}
    assert rows["A"].efficiency == 1
    assert rows["B"].efficiency == pytest.approx(62 / 73)
    assert rows["D"].efficiency == 0
    assert [group for group, row in rows.items() if row.on_frontier] == ["A", "B"]
    # C = (30, 49): only (70, 73) is better for both; (85, 47) is worse for Bob.
    assert rows["C"].distance == pytest.approx(sqrt(40**2 + 24**2))
    # F = (60, -4): (70, 73) and (85, 47) are better for both. So is (100, 20), but Bob refuses that.
    assert rows["F"].distance == pytest.approx(min(dist((60, -4), one) for one in ((70, 73), (85, 47))))
    assert rows["D"].distance is None
    # E crosses a real red line, and no deal that crosses none gives Bob as much.
    assert rows["E"].distance is None
    assert not rows["E"].on_frontier


def test_a_deal_that_somebody_should_have_refused_has_no_efficiency_and_is_on_no_frontier() -> None:
    rows = {row.form.group: row for row in graded("group,price,time\nE,0,now\nG,30,now\nA,10,now\n").rows}
    assert {group: row.efficiency for group, row in rows.items()} == {"E": None, "G": None, "A": 1}
    # (100, 20) is better for Ann than all that Bob accepts, but Bob walks away with 30.
    assert [group for group, row in rows.items() if row.on_frontier] == ["A"]
    assert [group for group, row in rows.items() if row.in_zone] == ["A"]
    assert rows["G"].distance is None


BOARD = SWAP.replace(
    "    no_deal: 30\n",
    "    no_deal: 30\n    ratifiers: {board: {title: Board, red_lines: {cap: {require: price >= 20, firmness: hard}}}}\n",
)


def test_a_deal_rejected_at_home_has_no_efficiency_and_the_best_is_of_those_that_are_not() -> None:
    rows = {row.form.group: row for row in graded("group,price,time\nA,10,now\nB,20,now\n", BOARD).rows}
    # (70, 73) gains 73 in all, (85, 47) only 62; but the board refuses the first.
    assert (rows["A"].efficiency, rows["A"].on_frontier, rows["A"].refused_at_home) == (None, False, ("board",))
    assert (rows["B"].efficiency, rows["B"].on_frontier, rows["B"].distance) == (1, True, 0)


def test_a_deal_of_the_zone_counts_though_all_that_better_it_are_refused() -> None:
    # Only a week's delay can be ratified: (45, 23) leaves Bob short, (30, 49) Ann; Ann's walk-away value falls to 20.
    text = SWAP.replace("no_deal: 40", "no_deal: 20").replace(
        "    no_deal: 30\n",
        "    no_deal: 30\n    ratifiers: {board: {title: Board, red_lines: {wait: {require: time == later,"
        " firmness: hard}}}}\n",
    )
    analysis = analyse_game(fixed_game(loads(text)).scenario)
    assert analysis.points == ((30, 49),)
    assert analysis.best_joint_gain == 10 + 19
    assert {deal.name: deal.options for deal in analysis.deals} == dict.fromkeys(
        ("nash", "kalai_smorodinsky", "joint"), (("price", "10"), ("time", "later"))
    )


def test_consent_that_is_lacking_is_named_where_it_is_needed() -> None:
    text = SWAP + (
        "  cas: {title: Cas, role: guarantor, consents_to: price >= 20, "
        "red_lines: {cap: {require: price < 20, firmness: hard}}}\n"
    )
    rows = {row.form.group: row for row in graded("group,price,time\nA,10,now\nB,20,now\n", text).rows}
    assert (rows["A"].withheld, rows["A"].efficiency) == ((), 1)
    assert (rows["B"].withheld, rows["B"].efficiency, rows["B"].in_zone) == (("cas",), None, False)


def test_distances_are_to_all_points_of_a_frontier_of_which_only_some_are_told() -> None:
    # What one has the other has not: each of 20,001 prices is on the frontier.
    text = (
        "negsim: 1\nid: long\ntitle: Long\nissues:\n  price: {title: Price, scale: 0..20000, step: 1}\n"
        "  extra: {title: Extra, options: [good, bad]}\nparties:\n"
        "  ann: {title: Ann, demands: {price: 20000, extra: good}, priorities: {price: 50, extra: 50}, no_deal: 0}\n"
        "  bob: {title: Bob, demands: {price: 0, extra: good}, priorities: {price: 50, extra: 50}, no_deal: 0}\n"
    )
    grading = graded("group,price,extra\nA,10007,bad\nB,10007,good\nC,11,good\n", text)
    assert grading.analysis.n_points == 20_001
    assert len(grading.analysis.frontier) < 10_000
    assert [row.on_frontier for row in grading.rows] == [False, True, True]
    # Ann has 50 x price / 20,000, Bob the rest of 50. Good for both at the same price: 50 points each; the others that
    # better the deal lie on a line through that one, which is not the nearest unless it is where both gain alike.
    assert grading.rows[0].distance == pytest.approx(sqrt(50**2 + 50**2), abs=0.01)


def test_under_a_quorum_the_outvoted_are_not_heard_and_no_bargaining_solution_is_named() -> None:
    text = SWAP + "  cas: {title: Cas, demands: {price: 30}, no_deal: 99}\nagreement: {quorum: 2}\n"
    grading = graded("group,price,time\nA,10,now\nE,0,now\n", text)
    assert grading.analysis.by_quorum
    assert [deal.name for deal in grading.analysis.deals] == ["joint"]
    rows = {row.form.group: row for row in grading.rows}
    assert rows["A"].in_zone
    assert not rows["E"].in_zone


def test_who_should_have_refused_is_named() -> None:
    rows = {row.form.group: row for row in graded().rows}
    assert {group: row.refusing for group, row in rows.items()} == {
        "A": (), "B": (), "C": ("ann",), "D": (), "E": ("ann",), "F": ("bob",),
    }  # fmt: skip
    assert rows["E"].scores["ann"].crossed == ("free",)
    assert rows["F"].scores["bob"].bluffs == ("slow",)


def test_the_class_is_summed_up() -> None:
    grading = graded()
    assert (grading.n_agreed, grading.n_on_frontier, grading.n_refusable) == (5, 2, 3)
    (ann, bob) = grading.roles
    assert (ann.walk_away, ann.least, ann.most) == (40, 30, 85)
    assert ann.mean == pytest.approx(325 / 6)
    values = [73, 47, 49, 30, 100, -4]
    mean = sum(values) / 6
    assert bob.spread == pytest.approx(sqrt(sum((one - mean) ** 2 for one in values) / 6))


def test_a_ratifier_that_refuses_is_named() -> None:
    text = SWAP.replace(
        "    no_deal: 30\n",
        "    no_deal: 30\n    ratifiers: {board: {title: Board, red_lines: {cap: {require: price < 20, firmness: hard}}}}\n",
    )
    rows = {row.form.group: row.refused_at_home for row in graded(scenario=text).rows}
    assert rows["A"] == ()
    assert rows["B"] == ("board",)
    assert rows["D"] == ()


def test_nobody_is_graded_where_no_form_can_be_read() -> None:
    grading = graded("group,price,time\nA,99,now\n")
    assert (grading.rows, grading.roles, len(grading.bad)) == ((), (), 1)


@st.composite
def games(draw: st.DrawFn) -> Scenario:
    """Small games with guarantors, and with a quorum or somebody who ratifies."""
    scenario = fixed_game(draw(scenarios(max_issues=3, max_options=3))).scenario
    if scenario.agreement.quorum is not None or draw(st.booleans()):
        return scenario
    first, *others = scenario.parties
    # Who ratifies wants what another party wants, and has its red lines.
    like = others[0]
    board = replace(like, id="board", title="Board", ratifies=first.id, consents_to=None, ratifiers=())
    return replace(scenario, parties=(replace(first, ratifiers=(board,)), *others))


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(games())
def test_the_zone_its_frontier_distance_and_efficiency_are_those_of_brute_force(game: Scenario) -> None:
    analysis, tables = analyse_game(game), role_tables(game)
    deals = list(outcomes(game))
    points = [tuple(score(tables[party], deal).points or 0.0 for party in analysis.parties) for deal in deals]
    gains = [sum(score(tables[party], deal).gain or 0.0 for party in analysis.parties) for deal in deals]
    zone = [k for k, deal in enumerate(deals) if is_accepted(deal, game, tables)]
    efficient = [k for k in zone if not any(dominates(points[j], points[k]) for j in zone)]
    best = max((gains[k] for k in zone), default=None)
    assert analysis.has_zone == bool(zone)
    assert same_points(analysis.points, [points[k] for k in efficient])
    assert analysis.best_joint_gain == (None if best is None else pytest.approx(best, abs=1e-5))
    unanimous = game.agreement.quorum is None
    assert {"nash", "kalai_smorodinsky"} <= {one.name for one in analysis.deals} or not (zone and unanimous)
    for one in (*analysis.deals, *analysis.frontier):
        assert deals.index(choices_of(one.options, game)) in efficient
    forms = Forms(tuple(Form(k, f"g{k}", deal) for k, deal in enumerate(deals)), (), ())
    for k, row in enumerate(grade(forms, game, analysis).rows):
        better = [j for j in efficient if dominates(points[j], points[k])]
        assert row.in_zone == (k in zone)
        assert row.on_frontier == (k in efficient)
        nearest = min((dist(points[j], points[k]) for j in better), default=0.0 if k in zone else None)
        assert row.distance == (None if nearest is None else pytest.approx(nearest, abs=1e-4))
        told = k in zone and best is not None and best > 1e-6
        assert row.efficiency == (pytest.approx(gains[k] / best, abs=1e-6) if told and best else None)
        assert row.efficiency is None or row.efficiency <= 1 + 1e-9


@pytest.mark.parametrize(
    ("name", "seed", "n_zone", "best"), [("biogas-siting", 0, 1, -4), ("labour-contract", 1, 82, 19)]
)
def test_in_cases_that_are_handed_out_the_best_is_that_of_all_deals_gone_through(
    name: str, seed: int, n_zone: int, best: float
) -> None:
    game = fixed_game(load_with_places(SCENARIOS / f"{name}.scenario.yaml"), seed).scenario
    analysis, tables = analyse_game(game), role_tables(game)
    zone = [deal for deal in outcomes(game) if is_accepted(deal, game, tables)]
    scored = [[score(tables[party], deal) for party in analysis.parties] for deal in zone]
    points = {tuple(one.points or 0.0 for one in row) for row in scored}
    assert len(zone) == n_zone
    assert max(sum(one.gain or 0.0 for one in row) for row in scored) == best == analysis.best_joint_gain
    efficient = [one for one in points if not any(dominates(other, one) for other in points)]
    assert same_points(analysis.points, efficient)


def is_accepted(deal: Outcome, game: Scenario, tables: Mapping[str, RoleTable]) -> bool:
    """Count who says yes, as the rule of the agreement has it."""
    accepts = {name: not score(table, deal).refuses for name, table in tables.items()}
    signing = [party.id for party in game.parties if party.role is Role.SIGNATORY]
    asked = [
        party.id
        for party in game.parties
        if party.id not in signing and party.consents_to is not None and holds(party.consents_to.root, deal, game)
    ]
    at_home = [actor.id for actor in game.actors if actor.ratifies in (*signing, *asked)]
    if game.agreement.quorum is None:
        return all(accepts[name] for name in (*signing, *asked, *at_home))
    enough = sum(accepts[name] for name in signing) >= game.agreement.quorum
    return enough and all(accepts[name] for name in (*game.agreement.vetoes, *asked))


def same_points(found: Sequence[tuple[float, ...]], expected: Sequence[tuple[float, ...]]) -> bool:
    rounded = [{tuple(round(value, 4) for value in point) for point in some} for some in (found, expected)]
    return rounded[0] == rounded[1]


def dominates(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    pairs = list(zip(one, other, strict=True))
    return all(a >= b - 1e-6 for a, b in pairs) and any(a > b + 1e-6 for a, b in pairs)
