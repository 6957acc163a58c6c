"""What war, durability, ratifiers, levers, sacred values and good faith cost: Geneva with and without them all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.spaces import geneva
from benchmarks.timing import Row, median, run_in_turn
from negsim.model.draws import draw_block
from negsim.model.no_deal import without_deal
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.quantities import Uniform
from negsim.scenario.types import Party, Scenario
from negsim.zone import analyse_zone, estimate_p_zone

__all__ = ["measure", "without_stakes"]

N_WORLDS = 4096
ROUNDS = 5


def measure() -> list[Row]:
    """Time the whole analysis and P(zone) alone, with and without, in turns."""
    full = geneva()
    bare = without_stakes(full)
    whole = run_in_turn(
        {
            "with": lambda: analyse_zone(full, n_worlds=N_WORLDS),
            "without": lambda: analyse_zone(bare, n_worlds=N_WORLDS),
        },
        rounds=ROUNDS,
    )
    alone = run_in_turn(
        {
            "with": lambda: estimate_p_zone(full, n_worlds=N_WORLDS),
            "without": lambda: estimate_p_zone(bare, n_worlds=N_WORLDS),
        },
        rounds=ROUNDS,
    )
    return [
        Row("the whole analysis of Geneva, 4,096 worlds, with all of it; without any", _pair(whole)),
        Row("with against without", _ratio(whole), "2 times"),
        Row("P(zone) alone, with; without", _pair(alone)),
        Row("with against without", _ratio(alone)),
    ]


def without_stakes(scenario: Scenario) -> Scenario:
    """Take all of it out; a no-deal value becomes the middle 80 % of what it was, as a range."""
    draws = draw_block(scenario, seed=0, block=0)

    def bare(party: Party) -> Party:
        points = without_deal(party, scenario, draws).least / UNITS_PER_POINT
        low, high = np.quantile(points, [0.1, 0.9]).tolist()
        return replace(
            party,
            no_deal=Uniform(low, high),
            discount_rate=None,
            good_faith=None,
            sacred=(),
            levers=(),
            ratifiers=(),
        )

    return replace(
        scenario, parties=tuple(map(bare, scenario.parties)), war=None, durability=None, side_payments=None, ties=()
    )


def _pair(seconds: dict[str, list[float]]) -> str:
    return f"{median(seconds['with']):.2f} s; {median(seconds['without']):.2f} s"


def _ratio(seconds: dict[str, list[float]]) -> str:
    return f"{median([a / b for a, b in zip(seconds['with'], seconds['without'], strict=True)]):.2f} times"
