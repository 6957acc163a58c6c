"""What finds a counterexample: a claim that is false at one corner of seven ranges, asked of five ways to look.

Plain draws and plain Hypothesis, without a target and with values drawn evenly, are what somebody would write without
negsim; the rest are the phases of `negsim check`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from benchmarks.timing import Row
from negsim.checks.judging.corners import corners_of
from negsim.checks.judging.holding_in import EachWorld
from negsim.checks.judging.search import search
from negsim.checks.judging.variants import Drawn, Variants
from negsim.model.points import Factor, factors_of, points_of
from negsim.scenario.load import interpret
from negsim.scenario.reader import read_document
from negsim.zone.counting import blocks_between

__all__ = ["measure"]

Points = NDArray[np.float64]
Margin = Callable[[Points], NDArray[np.float64]]

SCENARIO = """
negsim: 1
id: seven
title: Four issues and seven ranges
issues:
  land: {title: Land, kind: ordered, options: [line_of_contact, demilitarised_zone, full_withdrawal]}
  troops: {title: Troops, options: [forbidden, monitors_only, allowed]}
  years: {title: Years of guarantee, scale: 0..50, step: 5}
  relief: {title: Relief, scale: 0..100, step: 25}
parties:
  ukraine:
    title: Ukraine
    demands: {land: line_of_contact, troops: allowed, years: 50, relief: 0}
    priorities: {land: 35..45, troops: 15, years: 20..40, relief: 5..15}
    values: {troops: {forbidden: 0, monitors_only: 60, allowed: 100}}
    no_deal: 35..50
  russia:
    title: Russia
    demands: {land: full_withdrawal, troops: forbidden, years: 0, relief: 100}
    priorities: {land: 40..50, troops: 20..30, years: 10, relief: 20}
    values: {troops: {forbidden: 100, monitors_only: 40, allowed: 0}}
    no_deal: 30..55
expect:
  room: {that: "for every world, zone_size >= LEAST"}
"""

SEEDS = range(5)
EXAMPLES = 500
DRAWS = 20_000


class _Found(Exception):
    """A world breaks the claim."""


def measure() -> list[Row]:
    """Look for the one corner, in five ways."""
    each, factors = _claim(0)
    corners = corners_of(factors).points
    sizes = each.margin(corners)
    least = round(float(np.min(sizes))) + 1
    each, factors = _claim(least)
    broken = int(np.count_nonzero(~each.holds(corners)))
    start = time.perf_counter()
    each.holds(corners)
    seconds = time.perf_counter() - start
    plain = [_plain(each.margin, factors, one) for one in SEEDS]
    led = [search(each.margin, factors, max_examples=EXAMPLES, seed=one) for one in SEEDS]
    cases = [one.n_cases for one in led if one.point is not None]
    after = f"{min(cases, default=0)} to {max(cases, default=0)}"
    return [
        Row("corners at which the claim is false", f"{broken} of {len(corners)}"),
        Row(f"{DRAWS:,} worlds as they are drawn", _of(_drawn(each, factors))),
        Row(f"Hypothesis, {EXAMPLES} examples drawn evenly, 5 seeds", f"{sum(plain)} of 5"),
        Row(
            f"the search of `negsim check`, {EXAMPLES} examples, 5 seeds (after {after})",
            f"{len(cases)} of 5",
            "5 of 5",
        ),
        Row("all corners", _of(not np.all(each.holds(corners))), "found"),
        Row("the same, wall", f"{seconds * 1e3:.0f} ms"),
    ]


def _of(found: object) -> str:
    return "found" if found else "not found"


def _claim(least: int) -> tuple[EachWorld, tuple[Factor, ...]]:
    loaded = interpret(read_document(SCENARIO.replace("LEAST", str(least)), "seven.scenario.yaml"))
    factors = factors_of(loaded.scenario)
    return EachWorld(loaded.scenario.expectations[0].claim, Variants(loaded), factors), factors


def _drawn(each: EachWorld, factors: tuple[Factor, ...]) -> bool:
    draws = Drawn(blocks_between(0, DRAWS)).draws(each.variants.whole())
    points = points_of(factors, draws)
    return not all(np.all(each.holds(points[a : a + 1_000])) for a in range(0, DRAWS, 1_000))


def _plain(margin: Margin, factors: tuple[Factor, ...], number: int) -> bool:
    """Draw values evenly, and let Hypothesis do what it does."""

    @seed(number)
    @settings(
        max_examples=EXAMPLES,
        phases=(Phase.generate,),
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*(st.floats(one.low, one.high) for one in factors)))
    def look(point: tuple[float, ...]) -> None:
        if margin(np.array([point]))[0] < 0:
            raise _Found

    try:
        look()
    except _Found:
        return True
    return False
