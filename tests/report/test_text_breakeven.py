"""What a break-even says in words."""

from __future__ import annotations

from typing import Any

import pytest

from negsim.model.estimates import Estimate
from negsim.report.page import Page, Style
from negsim.report.text_breakeven import write_break_even
from negsim.scenario import loads
from negsim.scenario.quantities import NO_DEAL as POINTS
from negsim.study.breakeven.result import BreakEven, Crossing, CurvePoint
from tests.study.known import NO_DEAL, ONE_DEAL

SCENARIO = loads(ONE_DEAL)


def point(value: float, p: float, margin: float = 0.02) -> CurvePoint:
    return CurvePoint(value, Estimate(p, max(0.0, p - margin), min(1.0, p + margin)))


CURVE = (point(-10, 0.7), point(0, 0.4), point(10, 0.2))
FALLING = Crossing(-3.3, -4.0, -2.6, False, False, point(-3.3, 0.5), point(-3.2, 0.49))
RISING = Crossing(7.1, 6.0, 8.0, False, False, point(7, 0.49), point(7.1, 0.5))


def said(**changed: Any) -> str:
    given: dict[str, Any] = {
        "result": "p_zone",
        "target": 0.5,
        "path": tuple(NO_DEAL.split(".")),
        "domain": POINTS,
        "low": -10.0,
        "high": 10.0,
        "tolerance": 0.1,
        "n_worlds": 1024,
        "seed": 0,
        "sampler": "lhs",
        "stated": Estimate(0.375, 0.35, 0.4),
        "curve": CURVE,
        "crossings": (FALLING,),
    }
    page = Page(Style(width=1000, ascii_only=False))
    write_break_even(page, BreakEven(**given | changed), SCENARIO, "0")
    return page.text()


def headline(**changed: Any) -> str:
    return said(**changed).splitlines()[0]


def test_one_crossing_is_told_with_its_side_and_interval() -> None:
    assert headline() == (
        "P(zone) reaches 50 % with the no-deal value of Ann at −3.3 points of utility or less; 95 % interval: −4 to −2.6."
    )
    assert " 7.1 points of utility or more; 95 % interval: 6 to 8." in headline(crossings=(RISING,))


@pytest.mark.parametrize(
    ("open_low", "open_high", "interval"),
    [(True, False, "−2.6 or less"), (False, True, "−4 or more"), (True, True, "anywhere in the range")],
)
def test_an_open_interval_says_so(open_low: bool, open_high: bool, interval: str) -> None:
    crossing = Crossing(-3.3, -4.0, -2.6, open_low, open_high, point(-3.3, 0.5), point(-3.2, 0.49))
    text = said(crossings=(crossing,))
    assert f"95 % interval: {interval}." in text
    assert "An interval is open where the target stays within the interval of the curve" in text


def test_closed_intervals_and_plain_crossings_need_no_note() -> None:
    text = said()
    assert "An interval is open" not in text
    assert "jumps" not in text
    assert "overlap" not in text


def test_a_jump_is_told() -> None:
    jump = Crossing(-3.3, -3.3, -3.2, False, False, point(-3.3, 0.8), point(-3.2, 0.1))
    assert "It jumps there: at −3.3 from 80 % to 10 %." in said(crossings=(jump,))


def test_several_crossings_have_a_table() -> None:
    text = said(crossings=(FALLING, RISING))
    assert text.splitlines()[0] == (
        "P(zone) crosses 50 % 2 times as the no-deal value of Ann grows: at −3.3 (falling) and 7.1 (rising)."
    )
    assert "Where P(zone) crosses 50 %" in text
    assert [line.split() for line in text.splitlines() if line.endswith(("falling", "rising"))] == [
        ["−3.3", "−4", "to", "−2.6", "falling"],
        ["7.1", "6", "to", "8", "rising"],
    ]
    assert "overlap" not in text


def test_crossings_that_sampling_does_not_tell_from_none_are_told() -> None:
    wide = Crossing(7.1, -3.0, 8.0, False, False, point(7, 0.49), point(7.1, 0.5))
    assert "The intervals of neighbouring crossings overlap" in said(crossings=(FALLING, wide))


@pytest.mark.parametrize(
    ("target", "side", "near"),
    [
        (0.9, "below", "It comes nearest at −10, with 70 % (±2)."),
        (0.1, "at or above", "It comes nearest at 10, with 20 % (±2)."),
        (0.71, "below", "with 70 % (±2), so that sampling does not rule out that it crosses."),
    ],
)
def test_without_a_crossing_it_says_on_which_side_the_curve_stays(target: float, side: str, near: str) -> None:
    text = said(target=target, crossings=())
    percent = f"{target * 100:.0f}"
    assert text.splitlines()[0] == (
        f"P(zone) stays {side} {percent} % whatever the no-deal value of Ann is, from −10 to 10 points of utility."
    )
    assert near in text
    assert "where it crosses" not in text


def test_a_quantity_that_moves_nothing_is_told_without_a_curve() -> None:
    text = said(curve=(point(-10, 0.3), point(10, 0.3)), crossings=())
    assert text.splitlines()[0] == (
        "The no-deal value of Ann does not move P(zone): it is 30 % (±2) at every value tried, from −10 to 10 points of"
        " utility."
    )
    assert "P(zone) by value" not in text


def test_a_crossing_at_a_value_of_the_curve_has_one_row() -> None:
    at = Crossing(0.0, 0.0, 0.1, False, False, point(0, 0.5), point(0.1, 0.49))
    rows = [line for line in said(crossings=(at,)).splitlines() if "█" in line]
    assert len(rows) == 3
    assert [row.startswith("→") for row in rows] == [False, True, False]


@pytest.mark.parametrize(
    ("result", "title"),
    [
        ("p_agreement", "P(agreement) reaches"),
        ("talks.p_agreement", "P(agreement) under the calendar of talks reaches"),
    ],
)
def test_other_results_have_their_titles(result: str, title: str) -> None:
    assert headline(result=result).startswith(title)


def test_every_page_says_that_it_is_no_forecast_and_what_it_takes_to_get_it_again() -> None:
    for crossings in ((), (FALLING,)):
        text = said(crossings=crossings)
        assert "no forecast" in text
        assert "1,024 worlds, seed 0, Latin hypercube blocks" in text
