"""Worlds a second in which a zone is looked for, beside NegMAS, on the same draws.

NegMAS has no function that only asks whether a zone exists. Its best way, of those tried, is to evaluate its additive
utility functions outcome by outcome over a list made once and to stop at the first that suits all;
`rational_fraction`, the function that its documentation offers, is timed beside it. Ties count as acceptable in both;
on these draws there are none. Worlds
are drawn and utility functions made before the clock starts, but for the two rows that say otherwise. One core.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from negmas import make_issue, make_os
from negmas.preferences import LinearAdditiveUtilityFunction
from negmas.preferences.ops import rational_fraction

from benchmarks.spaces import additive, worlds_of
from benchmarks.timing import Row, median, run_in_turn
from negsim.model.worlds import Worlds
from negsim.zone import estimate_p_zone
from negsim.zone.consent import consent_of
from negsim.zone.kernel import Tally, find_zones, has_zone
from negsim.zone.layout import lay_out

__all__ = ["measure"]

N_WORLDS = 96
"""Worlds that NegMAS is given; negsim is given the same ones and the rest of the block, since it works in blocks."""

N_BY_ITS_OWN_FUNCTION = 2

N_DRAWN = 4096


def measure() -> list[Row]:
    """Time both, and compare which worlds have a zone."""
    scenario = additive()
    worlds = worlds_of(scenario)
    layout, consent = lay_out(worlds.structure), consent_of(scenario)
    tally = Tally.empty(layout)
    pairs = [_utilities(worlds, world) for world in range(N_WORLDS)]
    outcomes = list(product(*(tuple(issue.options) for issue in scenario.issues)))
    seconds = run_in_turn(
        {
            "exists": lambda: [has_zone(worlds, layout, consent) for _ in range(8)],
            "whole": lambda: [find_zones(worlds, layout, consent, tally) for _ in range(8)],
            "best": lambda: [_has_zone(pair, outcomes) for pair in pairs],
            "drawn": lambda: estimate_p_zone(scenario, n_worlds=N_DRAWN),
            "built": lambda: [_has_zone(_utilities(worlds, world), outcomes) for world in range(N_WORLDS)],
            "own": lambda: [rational_fraction(list(pair)) for pair in pairs[:N_BY_ITS_OWN_FUNCTION]],
        },
        rounds=3,
    )
    found = has_zone(worlds, layout, consent)[:N_WORLDS]
    theirs = np.array([_has_zone(pair, outcomes) for pair in pairs])
    rate = {
        "exists": 8 * worlds.n_worlds / median(seconds["exists"]),
        "whole": 8 * worlds.n_worlds / median(seconds["whole"]),
        "best": N_WORLDS / median(seconds["best"]),
        "drawn": N_DRAWN / median(seconds["drawn"]),
        "built": N_WORLDS / median(seconds["built"]),
        "own": N_BY_ITS_OWN_FUNCTION / median(seconds["own"]),
    }
    if not np.array_equal(found, theirs):
        raise SystemExit(f"negsim and NegMAS differ on worlds {np.flatnonzero(found != theirs).tolist()}")
    return [
        Row("is there a zone? negsim, worlds a second", f"{rate['exists']:,.0f}"),
        Row("is there a zone? NegMAS, its best way found, worlds a second", f"{rate['best']:.1f}"),
        Row("negsim against NegMAS's best way", f"{rate['exists'] / rate['best']:,.0f} times", "2,000 times"),
        Row("the whole zone with all its outcomes, negsim, worlds a second", f"{rate['whole']:,.0f}"),
        Row("the whole zone, NegMAS `rational_fraction`, worlds a second", f"{rate['own']:.2f}"),
        Row("`estimate_p_zone`, drawing the worlds included, worlds a second", f"{rate['drawn']:,.0f}"),
        Row("NegMAS's best way, making its utility functions included", f"{rate['built']:.1f}"),
        Row("the one against the other", f"{rate['drawn'] / rate['built']:,.0f} times"),
        Row(
            "worlds with a zone, negsim and NegMAS, same draws",
            f"{found.mean():.3f} and {theirs.mean():.3f}",
            "the same",
        ),
    ]


def _utilities(worlds: Worlds, world: int) -> tuple[LinearAdditiveUtilityFunction, ...]:
    """Give NegMAS one world: the same weighted values, in points, and the same reservation values."""
    issues = [make_issue(list(issue.options), issue.id) for issue in worlds.structure.issues]
    space = make_os(issues)
    return tuple(
        LinearAdditiveUtilityFunction(
            values=[
                dict(zip(issue.values, (value[world] / 100_000).tolist(), strict=True))
                for issue, value in zip(issues, worlds.free_value[party], strict=True)
            ],
            weights=[1.0] * len(issues),
            outcome_space=space,
            reserved_value=float(worlds.base[party][world, 0]) / 100_000,
        )
        for party in range(len(worlds.free_value))
    )


def _has_zone(pair: tuple[LinearAdditiveUtilityFunction, ...], outcomes: list[tuple[str, ...]]) -> bool:
    # `eval` and not `__call__`, and the reservation value looked up once: both halve the time.
    tests = [(utility.eval, utility.reserved_value) for utility in pair]
    return any(all(evaluate(outcome) >= reserve for evaluate, reserve in tests) for outcome in outcomes)
