"""Harbour Sport Park (see tests/zone/test_harbour.py): which of 720 deals the solutions choose for six parties."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.solutions import (
    egalitarian,
    kalai_smorodinsky,
    nash,
    pareto_optimal,
    rational_outcomes,
    utilitarian,
)
from tests.cases.data import case


@pytest.fixture(scope="module")
def game() -> Any:
    return case("harbour_sport_park.json")


@pytest.fixture(scope="module")
def utility(game: Any) -> NDArray[np.float64]:
    """Scores of all deals, (party, outcome)."""
    tables = []
    for party in game["parties"].values():
        total = np.zeros(1)
        for scores in party["scores"]:
            total = np.add.outer(total, np.array(scores)).reshape(-1)
        tables.append(total)
    return np.array(tables)


@pytest.fixture(scope="module")
def surplus(game: Any, utility: NDArray[np.float64]) -> NDArray[np.float64]:
    return utility - np.array(game["computed"]["min"])[:, None]


def _deals(game: Any, outcomes: NDArray[np.intp]) -> list[str]:
    """Name deals as the game does: A2,B3,C3,D2,E3."""
    choices = np.unravel_index(outcomes, game["computed"]["issues"])
    return [
        ",".join(f"{issue}{option + 1}" for issue, option in zip("ABCDE", deal, strict=True))
        for deal in np.array(choices).T.tolist()
    ]


def test_481_of_720_deals_are_pareto_optimal_and_so_are_all_12_that_suit_everybody(
    game: Any, utility: NDArray[np.float64], surplus: NDArray[np.float64]
) -> None:
    optimal = pareto_optimal(utility)
    assert (optimal.size, np.count_nonzero(optimal)) == (720, game["computed"]["pareto"])
    rational = rational_outcomes(surplus)
    assert rational.size == 12
    assert np.count_nonzero(optimal[rational]) == game["computed"]["pareto_and_feasible"] == 12


def test_nash_egalitarian_and_utilitarian_choose_three_different_deals(game: Any, surplus: NDArray[np.float64]) -> None:
    for solve, name in ((nash, "nash"), (egalitarian, "egal"), (utilitarian, "util")):
        assert _deals(game, solve(surplus)) == game["computed"][name]


def test_kalai_smorodinsky_chooses_by_leximin_between_two_deals_with_the_same_least_ratio(
    game: Any, utility: NDArray[np.float64], surplus: NDArray[np.float64]
) -> None:
    # Both deals give SportCo 57 points, 2 above its least of 55; it could have 15 more: a ratio of 2/15, which no deal
    # exceeds for whoever has least. That is plain maximin, and the published pair. The next ratio decides: 4/23 of
    # Other cities in one, 24/39 of the Mayor in the other.
    sport_co, others, mayor = (list(game["parties"]).index(name) for name in ("SportCo", "Other cities", "Mayor"))
    rational = rational_outcomes(surplus)
    ideal = np.max(surplus[:, rational], axis=1)
    assert ideal[[sport_co, others, mayor]].tolist() == [15, 23, 39]
    ratio = surplus[:, rational] / ideal[:, None]
    maximin = rational[np.min(ratio, axis=0) == 2 / 15]
    assert np.max(np.min(ratio, axis=0)) == 2 / 15
    assert _deals(game, maximin) == game["computed"]["ks"] == ["A2,B3,C2,D2,E4", "A2,B3,C3,D2,E3"]
    assert surplus[others, maximin[0]] == 4
    assert surplus[mayor, maximin[1]] == 24
    assert np.sort(surplus[:, maximin] / ideal[:, None], axis=0)[1].tolist() == [4 / 23, 24 / 39]
    assert _deals(game, kalai_smorodinsky(surplus)) == ["A2,B3,C3,D2,E3"]


def test_the_deal_of_nash_gives_the_published_scores(
    utility: NDArray[np.float64], surplus: NDArray[np.float64]
) -> None:
    (deal,) = nash(surplus)
    assert utility[:, deal].tolist() == [54, 48, 71, 57, 81, 77]
