"""The pictures of a run, with figures worked by hand from the document of the two villages."""

from __future__ import annotations

from typing import Any

import pytest

from negsim.report.pictures import (
    acceptability,
    agreement_by_date,
    learned,
    reasons,
    red_lines,
    tornado,
    utility_space,
)
from negsim.report.pictures.picture import Absent, Picture
from negsim.report.pictures.source import Source
from negsim.report.pictures.style import step_of
from negsim.report.pictures.utility_space_spec import Band, Drawn, draw_space
from tests.report.pictures.documents import document, source
from tests.report.pictures.test_pictures import data_values


def drawn(picture: Picture | Absent) -> Picture:
    assert isinstance(picture, Picture), picture
    return picture


def with_values(spec: Any, **match: Any) -> list[dict[str, Any]]:
    return [one for one in data_values(spec) if all(one.get(key) == value for key, value in match.items())]


def test_the_space_names_who_walks_where() -> None:
    picture = drawn(utility_space.draw(source()))
    said = {one["said"].replace("\n", " ") for one in data_values(picture.spec) if "said" in one}
    assert "Lower village walks away to the left of 40.0 (dashed)" in said
    assert any("[the old one] walks away below 30.5 (dotted)" in one for one in said)
    assert picture.title == (
        "No deal leaves Lower village 40.0 and Upper village [the old one] 30.5 points on average; the most robust deal is"
        " worth 62.0 and 64.0 (in the zone in 21 % (±2))"
    )


def test_the_space_shades_what_is_within_the_frontier_and_better_than_no_deal_for_both() -> None:
    # Of (15, 96), (45, 80), (70, 60), (95, 25) the middle two give more than 40 and 30.5; from 40 on what the first of
    # these gives can be had.
    shaded = [one for one in data_values(drawn(utility_space.draw(source())).spec) if "floor" in one]
    assert [(one["x"], one["y"], one["floor"]) for one in shaded] == [
        (40.0, 80.0, 30.5),
        (45.0, 80.0, 30.5),
        (70.0, 60.0, 30.5),
    ]


def test_the_tornado_says_each_difference_in_percentage_points() -> None:
    picture = drawn(tornado.draw(source()))
    column = picture.header.index("points")
    shown = {
        one["label"].replace("\n", " ").removesuffix(" *"): one["said"]
        for one in data_values(picture.spec)
        if set(one) == {"label", "said"}
    }
    assert shown
    for row in picture.rows:
        told = next((said for label, said in shown.items() if label == row[0]), None)
        if told is not None:
            assert abs(float(told.replace("−", "-")) - float(row[column] or 0)) <= 0.5


def test_nothing_is_shaded_where_no_deal_is_better_for_both() -> None:
    bands = (Band(60.0, 60.0, 60.0), Band(70.0, 70.0, 70.0))
    from negsim.report.pictures.picture import WIDE

    spec = draw_space(Drawn(("A", "B"), bands, ((50.0, 90.0), (65.0, 60.0)), ()), WIDE)
    assert not [one for one in data_values(spec) if "floor" in one]


def test_the_space_tells_outcomes_apart_by_how_often_they_are_in_the_zone() -> None:
    spec = drawn(utility_space.draw(source())).spec
    kinds = {(one["x"], one["y"]): one["kind"] for one in data_values(spec) if "kind" in one}
    assert kinds[10.0, 95.0] == "Never in the zone"
    assert kinds[50.0, 70.0] == "In under 5 % of worlds"
    assert kinds[90.0, 20.0] == "In 5 to 20 %"
    assert kinds[60.0, 65.0] == "In 20 % or more"
    assert kinds[61.0, 66.0] == "Nash"


def test_a_robust_deal_tells_its_terms_on_hover_and_near_ones_share_a_number() -> None:
    spec = drawn(utility_space.draw(source())).spec
    first = next(one for one in data_values(spec) if one.get("kind") == "Robust deal")
    assert first["told"].splitlines() == [
        "Robust deal 1: in the zone in 21 % (±2) of worlds",
        "Lower village 62.0, Upper village [the old one] 64.0 points",
        "The strip between the villages: Nobody enters it",
        "Who guards the zone: The county's wardens",
        "Term of the guarantee: 20 years",
    ]
    assert {one["said"] for one in data_values(spec) if one.get("said", "").startswith("1")} == {"1, 2"}


def test_both_scales_of_the_space_are_the_same_and_reach_beyond_100_where_utility_does() -> None:
    data = document()
    data["utility_space"]["outcomes"]["worth"]["upper"][0] = 107.0
    spec = drawn(utility_space.draw(source(utility_space=data["utility_space"]))).spec
    domains = {
        tuple(layer["encoding"][axis]["scale"]["domain"])
        for layer in spec["layer"]
        for axis in "xy"
        if "scale" in (layer["encoding"].get(axis) or {})
    }
    assert domains == {(0, 110)}
    assert spec["width"] == spec["height"]


def test_the_other_way_round_the_space_is_mirrored() -> None:
    told = source()
    picture = drawn(utility_space.draw(Source(told.document, told.scenario, ("upper", "lower"))))
    frontier = [row[1:3] for row in picture.rows if row[0] == "Frontier"]
    assert frontier == [(25.0, 95.0), (60.0, 70.0), (80.0, 45.0), (96.0, 15.0)]


def test_a_party_that_does_not_sign_has_no_solutions_in_the_space() -> None:
    data = document()
    for one in data["solutions"]:
        one["worth"] = {"upper": 50.0}
    spec = drawn(utility_space.draw(source(solutions=data["solutions"]))).spec
    assert not with_values(spec, kind="Nash")


def test_acceptability_prints_a_share_in_each_cell() -> None:
    picture = drawn(acceptability.draw(source()))
    printed = [one["share"] for one in data_values(picture.spec) if "fill" in one]
    # Nine options with a cell for each of three parties and for the zone, drawn once as a cell and once as text.
    assert len(printed) == 2 * 9 * 4
    assert {"<1 %", "60 %", "10 %", "30 %", "40 %"} >= set(printed) - {"20 %"}
    assert picture.rows[0] == ("The strip between the villages", "Both stay where they are", 0.3, 0.3, 0.3, 10.0)
    assert "accepts in <1 % of worlds" in picture.title


def test_a_long_scale_is_thinned_out_in_the_cells_and_kept_in_the_table() -> None:
    told = source()
    data = document()
    years = [one for one in data["options"] if one["issue"] == "years"]
    import dataclasses

    levels = tuple(str(k) for k in range(101))
    from fractions import Fraction

    from tests.report.examples import YEARS

    longer = dataclasses.replace(
        YEARS,
        options=levels,
        option_titles=tuple(f"{k} years" for k in levels),
        levels=tuple(Fraction(k) for k in levels),
    )
    changed = dataclasses.replace(told.scenario, issues=(*told.scenario.issues[:2], longer))
    options = [
        *(one for one in data["options"] if one["issue"] != "years"),
        *({**years[0], "option": k} for k in levels),
    ]
    picture = drawn(acceptability.draw(Source({**data, "options": options}, changed)))
    labels = [one["said"] for one in data_values(picture.spec) if one.get("issue") is False]
    assert [label for label in labels if label.endswith("years")] == [f"{k} years" for k in range(0, 101, 10)]
    assert len([row for row in picture.rows if row[0] == "Term of the guarantee"]) == 101
    assert "not every option is shown" in picture.description


@pytest.mark.parametrize(
    ("share", "step"), [(0.0, 0), (0.049, 0), (0.05, 1), (0.25, 2), (0.5, 3), (0.75, 4), (0.94, 4), (0.95, 5), (1.0, 5)]
)
def test_the_shade_of_a_cell_goes_by_steps(share: float, step: int) -> None:
    from negsim.report.pictures.style import RAMP

    assert step_of(share) == RAMP[step][1:]


def test_the_tornado_is_sorted_by_swing_with_both_ends_labelled() -> None:
    picture = drawn(tornado.draw(source()))
    # −41 points twice (as declared: the quantity, then the red line), +20, +5, −1.
    assert [row[5] for row in picture.rows] == [-41.0, -41.0, 20.0, 5.0, -1.0]
    first = [one for one in data_values(picture.spec) if one.get("end")][:2]
    assert [one["said"] for one in first] == ["50 % below 28", "9 % above 52"]
    assert [one["left"] for one in first] == [False, True]
    assert [one["share"] for one in first] == [50.0, 9.0]
    assert "Of 5 compared 3 stand out" in picture.description
    assert picture.title.endswith(": 50 % where it is below 28, 9 % where it is above 52")


def test_a_tornado_without_anything_that_stands_out_says_so() -> None:
    data = document()
    for one in (*data["moves"], *data["coins"]):
        one["stands_out"] = False
    picture = drawn(tornado.draw(source(moves=data["moves"], coins=data["coins"])))
    assert (
        picture.title == "None of 5 differences stands out: the largest is 41 points (±4), and chance alone may make it"
    )


def test_red_lines_show_what_they_block_alone_beside_what_they_block_with_others() -> None:
    picture = drawn(red_lines.draw(source()))
    assert picture.rows == (("Lower village", "No handing over", 49.0, 47.0, 51.0, 12.0, 10.0, 14.0),)
    bars = {one["kind"]: (one["share"], one["low"], one["high"]) for one in data_values(picture.spec) if "kind" in one}
    assert bars == {"by this alone": (49.0, 47.0, 51.0), "only with others": (12.0, 10.0, 14.0)}
    assert picture.title == (
        "“No handing over” (Lower village) keeps the zone closed in 49 % (±2) of worlds by itself alone, and in 12 % only"
        " with others"
    )


def test_agreement_by_date_has_every_day_with_sessions_events_and_deadline() -> None:
    picture = drawn(agreement_by_date.draw(source()))
    curve = [row for row in picture.rows if row[0] == "P(agreement) by then"]
    assert [row[1:5] for row in curve][-1] == ("2026-04-30", 18.0, 16.0, 20.0)
    lines = {one["said"]: one["day"] for one in data_values(picture.spec) if "said" in one}
    assert lines == {"now": "2026-02-03", "deadline": "2026-03-31"}
    sessions = [one for one in data_values(picture.spec) if one.get("lane") == "Sessions"]
    assert [one["kind"] for one in sessions][:2] == ["held, as observed", "to be held"]
    spans = [one for one in data_values(picture.spec) if one.get("lane") == "Raids on the barns"]
    assert spans
    assert all(one["kind"] == "may happen on any day" for one in spans)
    assert "by the first deadline in 8 % (±2)" in picture.title


def test_reasons_of_both_kinds_of_talks_stand_in_panels_of_their_own() -> None:
    picture = drawn(reasons.draw(source()))
    assert [row[1:3] for row in picture.rows][:2] == [("Agreement", 18.0), ("Bad faith", 45.0)]
    assert len(picture.spec["vconcat"]) == 2
    assert (
        picture.title
        == "Talks reach agreement in 18 % (±2) of worlds; most often they end otherwise by “bad faith”: 45 % (±2)"
    )
    one = drawn(reasons.draw(source(talks=None)))
    assert len(one.spec["vconcat"]) == 1
    assert "31 % (±2) of worlds, round by round" in one.title


def test_what_was_learned_stands_as_prior_beside_posterior() -> None:
    picture = drawn(learned.draw(source()))
    assert picture.rows[0][1:] == (0.55, 0.29, 0.2, -1.3)  # (.29 − .55) / .2
    first = next(one for one in data_values(picture.spec) if "shift" in one)
    assert (first["shift"], first["said"], first["above"]) == (-1.3, "0.55 → 0.29", False)
    assert [row[0] for row in picture.rows][1] == (
        "The probability that Upper village [the old one] is in earnest"
    )  # a coin, which is no quantity
