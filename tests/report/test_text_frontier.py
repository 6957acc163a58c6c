from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from negsim.model.estimates import Spread
from negsim.report.csv import frontier_csv
from negsim.report.json import zone_data
from negsim.report.page import Page, Style
from negsim.report.schema import zone_schema_text
from negsim.report.text_frontier import write_frontier
from negsim.report.text_zone import write_zone
from negsim.zone import (
    Attainable,
    AttainableLevel,
    Frontier,
    FrontierPoint,
    LineInWorld,
    SolutionChoice,
    SolutionPoint,
    WorldFrontier,
)
from tests.report.examples import estimate, finding, scenario
from tests.snapshots import assert_matches

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCHEMA: dict[str, Any] = json.loads(zone_schema_text())

LINE = (("land", "line"), ("guard", "irrelevant"), ("years", "20"))
ZONE = (("land", "zone"), ("guard", "county"), ("years", "20"))
HANDOVER = (("land", "handover"), ("guard", "irrelevant"), ("years", "10"))

POINTS = (
    FrontierPoint((100.0, 12.5), (60.04, -7.25), in_zone=False, n_outcomes=1, options=LINE),
    FrontierPoint((61.0, 40.0), (21.04, 20.25), in_zone=True, n_outcomes=12_345, options=ZONE),
    FrontierPoint((20.0, 91.0), (-19.96, 71.25), in_zone=None, n_outcomes=1, options=HANDOVER),
)
GAINS = (("lower", 21.04), ("upper", 20.25))
SOLUTIONS = (
    SolutionChoice("nash", "Nash", False, (SolutionPoint(GAINS, 2),)),
    SolutionChoice("utilitarian", "Utilitarian", True, (SolutionPoint(GAINS, 2), SolutionPoint(GAINS, None))),
)
IN_WORLD = WorldFrontier(
    world=1234,
    no_deal=(("county", 0.0), ("lower", 39.96), ("upper", 19.75)),
    lines=(LineInWorld("lower", "no_handover", real=True),),
    n_points=3,
    points=POINTS,
    has_zone=True,
    solutions=SOLUTIONS,
)
LEVELS = (
    AttainableLevel(0.0, estimate(0.8), Spread(1.0, 12.5, 40.0), estimate(0.7)),
    AttainableLevel(2.5, estimate(0.5), Spread(-10.0, -2.5, 4.0), estimate(0.2)),
    AttainableLevel(5.0, estimate(0.0), None, estimate(0.0)),
)
PAIR = ("lower", "upper")
IN_ONE, OVER_MANY = Frontier(PAIR, IN_WORLD), Frontier(PAIR, Attainable(1024, LEVELS))


def text(frontier: Frontier, style: Style | None = None) -> str:
    page = Page(style or Style())
    write_frontier(page, frontier, scenario())
    return page.text()


@pytest.mark.parametrize(("name", "frontier"), [("frontier", IN_ONE), ("attainable", OVER_MANY)])
def test_a_frontier_reads_as_agreed(name: str, frontier: Frontier) -> None:
    assert_matches(text(frontier), SNAPSHOTS / f"{name}.txt")


@pytest.mark.parametrize("frontier", [IN_ONE, OVER_MANY])
@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_frontier_fits_its_page_in_ascii_too(frontier: Frontier, width: int) -> None:
    said = text(frontier, Style(width=width, ascii_only=True))
    assert said.isascii()
    assert max(len(line) for line in said.splitlines()) <= width


def test_the_frontier_stands_in_the_zone_report_after_the_solutions() -> None:
    told = scenario()
    page = Page()
    write_zone(page, finding(told), told, "1.2.3", IN_ONE)
    said = page.text()
    assert text(IN_ONE).strip() in said
    assert said.index("What bargaining solutions choose") < said.index("The frontier of") < said.index("What moves")


def test_of_many_points_twelve_are_shown_the_first_the_last_and_those_of_solutions() -> None:
    many = tuple(replace(POINTS[1], in_zone=True, n_outcomes=1) for _ in range(40))
    solutions = (SolutionChoice("nash", "Nash", False, (SolutionPoint(GAINS, 17),)),)
    found = replace(IN_WORLD, points=many, n_points=40, solutions=solutions)
    said = text(Frontier(PAIR, found))
    shown = [int(line.split(".")[0]) for line in said.splitlines() if line.strip().split(".")[0].isdigit()]
    assert len(shown) == 12
    assert {1, 17, 40} <= set(shown)
    assert "(12 of 40 points; --format json has all, --rows frontier too.)" in said
    capped = replace(found, n_points=1_000_000)
    assert "(12 of 1,000,000 points; --format json has 40, --rows frontier too.)" in text(Frontier(PAIR, capped))


def test_what_is_not_there_is_said_in_words() -> None:
    nothing = replace(IN_WORLD, points=(), n_points=0, has_zone=False, solutions=())
    assert "Every outcome crosses a real red line of theirs here" in text(Frontier(PAIR, nothing))
    assert "none in this world" in text(Frontier(PAIR, nothing))
    unknown = replace(IN_WORLD, has_zone=None, solutions=())
    assert "not known: too many combinations" in text(Frontier(PAIR, unknown))


def test_where_a_party_does_not_sign_only_the_gains_of_those_that_do_are_told() -> None:
    said = text(Frontier(("lower", "county"), replace(IN_WORLD, solutions=SOLUTIONS[1:])))
    assert "Lower village +21.0 and Upper village [the old one] +20.2 over no deal" in " ".join(said.split())
    assert "at none of these points" not in said
    assert "at none of these points" in text(IN_ONE)


@pytest.mark.parametrize("frontier", [None, IN_ONE, OVER_MANY])
def test_a_frontier_fits_the_schema(frontier: Frontier | None) -> None:
    told = scenario()
    data: Any = zone_data(finding(told), told, "1.2.3", frontier)
    jsonschema.validate(data, SCHEMA)
    if frontier is None:
        assert data["frontier"] is None
        return
    assert (data["frontier"]["in_world"] is None) == (frontier is OVER_MANY)
    found = data["frontier"]["in_world"] or data["frontier"]["attainable"]
    del found[next(iter(found))]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA)


def test_a_frontier_is_told_in_full_in_json() -> None:
    told = scenario()
    found: Any = zone_data(finding(told), told, "1.2.3", IN_ONE)["frontier"]["in_world"]
    assert (found["world"], found["zone"], found["n_points"]) == (1234, True, 3)
    assert found["points"][1] == {
        "utility": {"lower": 61.0, "upper": 40.0},
        "gain": {"lower": 21.04, "upper": 20.25},
        "in_zone": True,
        "outcomes": 12_345,
        "options": {"land": "zone", "guard": "county", "years": "20"},
    }
    assert found["red_lines"] == [{"party": "lower", "red_line": "no_handover", "real": True}]
    assert found["solutions"][1]["chosen"][1] == {"gains": {"lower": 21.04, "upper": 20.25}, "point": None}
    level: Any = zone_data(finding(told), told, "1.2.3", OVER_MANY)["frontier"]["attainable"]["levels"][2]
    assert (level["at_least"], level["most"]) == (5.0, None)


def test_csv_has_a_row_for_each_point_or_level() -> None:
    points = list(csv.DictReader(io.StringIO(frontier_csv(IN_ONE))))
    assert [row["in_zone"] for row in points] == ["false", "true", ""]
    assert [row["chosen_by"] for row in points] == ["", "nash utilitarian", ""]
    assert (points[1]["outcomes"], points[1]["gain.upper"], points[1]["land"]) == ("12345", "20.25", "zone")
    levels = list(csv.DictReader(io.StringIO(frontier_csv(OVER_MANY))))
    assert [row["at_least.lower"] for row in levels] == ["0.0", "2.5", "5.0"]
    assert [row["most.upper"] for row in levels] == ["12.5", "-2.5", ""]
    none = frontier_csv(Frontier(PAIR, replace(IN_WORLD, points=(), n_points=0)))
    assert none == "point,utility.lower,utility.upper,gain.lower,gain.upper,in_zone,outcomes,chosen_by\n"
