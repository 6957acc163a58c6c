"""Grades by hand and by brute force: points, ranks, efficiency, the way to the frontier."""

from __future__ import annotations

from itertools import product
from math import dist, sqrt

import pytest
from hypothesis import HealthCheck, given, settings

from negsim.model.structure import compile_structure
from negsim.scenario import Scenario, loads
from negsim.teaching.analysis import analyse_game
from negsim.teaching.forms import Form, Forms, read_forms
from negsim.teaching.game import fixed_game
from negsim.teaching.grading import Grading, grade
from negsim.teaching.points import role_tables, score
from negsim.testing.strategies import scenarios
from tests.teaching.small import SWAP

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
    # F = (60, -4): (70, 73), (85, 47) and (100, 20) are better for both, and the nearest is (100, 20): 40, 24.
    assert rows["F"].distance == pytest.approx(min(dist((60, -4), one) for one in ((70, 73), (85, 47), (100, 20))))
    assert rows["D"].distance is None
    # E crosses a real red line, and no deal that crosses none gives Bob as much.
    assert rows["E"].distance is None
    assert not rows["E"].on_frontier


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


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(scenarios(max_issues=3, max_options=3, conditional=False, rules=False, quorum=False, guarantors=False))
def test_distance_and_frontier_are_those_of_brute_force(scenario: Scenario) -> None:
    game = fixed_game(scenario).scenario
    analysis, tables = analyse_game(game), role_tables(game)
    every = [
        dict(zip([issue.id for issue in game.issues], choice, strict=True))
        for choice in product(*(range(len(issue.options)) for issue in game.issues))
    ]
    scored = [[score(tables[party], deal) for party in analysis.parties] for deal in every]
    points = [tuple(one.points or 0.0 for one in row) for row in scored]
    allowed = [k for k, row in enumerate(scored) if not any(one.crossed for one in row)]
    forms = Forms(tuple(Form(k, f"g{k}", deal) for k, deal in enumerate(every)), (), ())
    for k, row in enumerate(grade(forms, game, analysis).rows):
        better = [j for j in allowed if dominates(points[j], points[k])]
        efficient = [j for j in better if not any(dominates(points[i], points[j]) for i in allowed)]
        assert row.on_frontier == (k in allowed and not better)
        if k in allowed:
            assert row.distance == pytest.approx(min((dist(points[j], points[k]) for j in efficient), default=0.0))


def dominates(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    pairs = list(zip(one, other, strict=True))
    return all(a >= b - 1e-6 for a, b in pairs) and any(a > b + 1e-6 for a, b in pairs)
