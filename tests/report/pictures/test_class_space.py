"""The class on the picture stands where its points are."""

from __future__ import annotations

from typing import Any

from negsim.model.structure import compile_structure
from negsim.report.json_grade import grade_data
from negsim.report.pictures.class_space import draw_class
from negsim.scenario import loads
from negsim.teaching.analysis import analyse_game
from negsim.teaching.forms import read_forms
from negsim.teaching.game import fixed_game
from negsim.teaching.grading import grade
from tests.teaching.small import SWAP

THIRD = "  cas: {title: Cas, role: mediator, demands: {price: 30}, no_deal: 20}\n"


def document(forms: str, scenario: str = SWAP) -> dict[str, Any]:
    game = fixed_game(loads(scenario)).scenario
    return grade_data(grade(read_forms(forms, game, compile_structure(game)), game, analyse_game(game)), "1")


FORMS = "group,price,time\nA,10,now\nB,no deal,\n"


def test_groups_and_the_frontier_stand_where_they_are_by_hand() -> None:
    picture = draw_class(document(FORMS), ("ann", "bob"))
    assert picture.title == "1 of 2 groups agreed, 1 on the frontier"
    assert ("No deal", 40, 30, "") in picture.rows
    assert ("A", 70, 73, "price: 10; time: now") in picture.rows
    assert ("B", 40, 30, "no deal") in picture.rows
    assert {row[1:3] for row in picture.rows if row[0] == "Frontier"} == {(70, 73), (85, 47)}
    (marks,) = [layer for layer in picture.spec["layer"] if "shape" in layer["encoding"]]
    placed = {(one["kind"], one["x"], one["y"]) for one in marks["data"]["values"]}
    assert placed == {("Group", 70, 73), ("Group without a deal", 40, 30), ("Nash", 70, 73), ("Kalai–Smorodinsky", *KS)}


# Ideal gains within the zone are 45 for Ann and 43 for Bob; the lesser share of (30, 43) is 30/45, of (45, 17) 17/43.
KS = (70, 73)


def test_the_frontier_is_no_line_between_roles_that_are_not_all_who_sign() -> None:
    picture = draw_class(document(FORMS, SWAP + THIRD), ("ann", "cas"))
    (marks,) = [layer for layer in picture.spec["layer"] if "shape" in layer["encoding"]]
    assert sum(one["kind"] == "Frontier of all who sign" for one in marks["data"]["values"]) == 2
    assert "small circles" in picture.description


def test_groups_are_named_beside_their_signs_unless_they_are_many() -> None:
    few = draw_class(document(FORMS), ("ann", "bob"))
    many = draw_class(document("group,price,time\n" + "".join(f"g{k},10,now\n" for k in range(16))), ("ann", "bob"))
    assert "'A'" in str(few.spec)
    assert "'g3'" not in str(many.spec)
    assert ("g3", 70, 73, "price: 10; time: now") in many.rows
