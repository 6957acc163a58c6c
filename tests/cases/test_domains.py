"""Nine domains of the automated-negotiation literature, against what NegMAS 0.16 and a plain search found on them.

`expected.json` rounds utilities to 12 digits. Ours are rounded to units of 10^-12 here, so that what is a tie in whole
numbers is a tie in float64 too; a point then lies within 1.5 units of the one in the file.

Three of its definitions differ from ours, and the tests say where that shows:

- `nash` takes the larger of reservation value and smallest utility as the disagreement point;
  `nash_disagreement_rv_exact` takes the reservation value.
- `ks_standard_maxmin_ratio` looks for the ideal point among all outcomes, not among the rational ones. Where a party's
  best outcome of all is too bad for the other, the two may differ, and ours is held against plain fractions instead.
- The last two name one point where several tie.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.model.worlds import outer_sum
from negsim.scenario import loads
from negsim.solutions import (
    efficient_points,
    kalai_smorodinsky,
    leximin,
    nash,
    pareto_optimal,
    rational_outcomes,
    utilitarian,
)
from negsim.zone import analyse_zone
from tests.cases.domains import document, domain_expected, load_domain, reservations, utilities
from tests.solutions import plain
from tests.worlds import bench

UNIT = 1e-12
TOLERANCE = 1.5 * UNIT

SMALL = [
    "ItexCypress2010",
    "EnglandZimbabwe2010",
    "CameraA2012",
    "FiftyFiftyA2012",
    "Lunch2013",
    "Politics2015",
    "GW_Party",
    "NegoLog_domain1",
]

OTHER_IDEAL = {("CameraA2012", "1+2"), ("Lunch2013", "1+2")}
"""Where no rational outcome is a party's best of all, at the reservation values that leave any."""


@dataclass(frozen=True)
class Case:
    """A domain at some reservation values, in units: whole numbers."""

    name: tuple[str, str]
    key: str
    utility: NDArray[np.float64]
    reserved: NDArray[np.float64]
    expected: dict[str, Any]

    @property
    def surplus(self) -> NDArray[np.float64]:
        return self.utility - self.reserved[:, None]

    def points(self, outcomes: NDArray[np.intp]) -> NDArray[np.float64]:
        """Distinct utilities (point, party), sorted."""
        return np.unique(self.utility[:, outcomes] * UNIT, axis=1).T


def cases_of(name: str) -> list[Case]:
    expected = domain_expected()[name]
    way = "genius_normalised__" if expected["format"] == "genius-xml" else "negmas_as_loaded__"
    domain, cases = load_domain(name), []
    for parties, found in expected["cases"].items():
        utility = np.rint(utilities(domain.of(found["profiles"])) / UNIT)
        cases += [
            Case((name, parties), key.removeprefix(way), utility, np.rint(np.array(at["reserved"]) / UNIT), at)
            for key, at in found.items()
            if key.startswith(way)
        ]
    assert len(cases) == 2 * len(expected["cases"])
    return cases


@pytest.fixture(params=SMALL)
def cases(request: pytest.FixtureRequest) -> list[Case]:
    return cases_of(request.param)


def _same(found: NDArray[np.float64], expected: list[list[float]]) -> bool:
    return len(found) == len(expected) and (
        not expected or np.allclose(found, sorted(expected), rtol=0, atol=TOLERANCE)
    )


def test_outcomes_rational_ones_and_points_of_their_frontier_are_as_many(cases: list[Case]) -> None:
    for case in cases:
        whole = domain_expected()[case.name[0]]
        assert case.utility.shape[1] == whole["n_outcomes"]
        for extreme, which in ((np.min, "utility_min"), (np.max, "utility_max")):
            assert np.allclose(extreme(case.utility, axis=1) * UNIT, case.expected[which], rtol=0, atol=TOLERANCE)
        rational = rational_outcomes(case.surplus)
        assert rational.size == case.expected["n_rational_ge"]
        frontier = case.utility[:, rational]
        assert efficient_points(frontier).shape[1] == case.expected["n_pareto_points"]
        assert np.count_nonzero(pareto_optimal(frontier)) == case.expected.get("n_pareto_outcomes", 0)


def test_nash_finds_the_point_of_the_largest_product(cases: list[Case]) -> None:
    for case in cases:
        lifted = np.maximum(case.reserved, np.min(case.utility, axis=1))
        assert _same(case.points(nash(case.utility - lifted[:, None])), case.expected["nash"])
        found = case.points(nash(case.surplus))
        assert found.shape[0] == len(case.expected["nash"])
        if "nash_disagreement_rv_exact" in case.expected:
            named = case.expected["nash_disagreement_rv_exact"]
            assert np.any(np.all(np.abs(found - named) <= TOLERANCE, axis=1))


def test_kalai_smorodinsky_finds_the_point_of_the_largest_least_ratio(cases: list[Case]) -> None:
    for case in cases:
        found = case.points(kalai_smorodinsky(case.surplus))
        if "ks_standard_maxmin_ratio" not in case.expected:
            assert found.size == 0
            continue
        # The definition of the file, on the same outcomes: its ideal point is that of all outcomes.
        rational = rational_outcomes(case.surplus)
        best_of_all = np.max(case.surplus, axis=1)
        theirs = case.points(rational[leximin(case.surplus[:, rational] / best_of_all[:, None])])
        named = case.expected["ks_standard_maxmin_ratio"]
        assert np.any(np.all(np.abs(theirs - named) <= TOLERANCE, axis=1))
        differs = np.any(np.max(case.surplus[:, rational], axis=1) < best_of_all)
        if case.name in OTHER_IDEAL:
            assert differs
            assert np.array_equal(found, case.points(np.array(plain.kalai_smorodinsky(case.surplus))))
        else:
            assert np.array_equal(found, theirs)


def test_utilitarian_finds_every_point_of_the_largest_sum(cases: list[Case]) -> None:
    for case in cases:
        found = case.points(utilitarian(case.surplus))
        assert _same(found, case.expected["max_welfare"])
        if found.size:
            assert np.allclose(np.sum(found, axis=1), case.expected["max_welfare_value"], rtol=0, atol=1e-11)


def test_mirrored_profiles_have_mirrored_solutions() -> None:
    (case, _) = cases_of("NegoLog_domain1")
    for solve in (nash, kalai_smorodinsky, utilitarian):
        found = case.points(solve(case.surplus))
        assert found.shape[0] in {2, 4}
        assert np.array_equal(found, np.unique(found[:, ::-1], axis=0))


def test_ampo_and_the_city_have_192_efficient_points_among_1_944_000_deals() -> None:
    expected = domain_expected()["AMPOvsCity"]
    utility = np.rint(utilities(load_domain("AMPOvsCity")) / UNIT)
    assert utility.shape == (2, expected["n_outcomes"])
    assert efficient_points(utility).shape == (2, expected["n_pareto"])
    for solve, name in ((nash, "nash"), (kalai_smorodinsky, "ks")):
        (point,) = np.unique(utility[:, solve(utility)] * UNIT, axis=1).T
        assert point.tolist() == pytest.approx(expected[name], abs=0.0005)


# As scenarios


@pytest.mark.parametrize("name", SMALL)
def test_the_scenario_of_a_domain_has_its_utilities(name: str) -> None:
    domain = load_domain(name)
    made = bench(loads(json.dumps(document(domain))), n_worlds=1)
    assert made.structure.n_cells == 1
    # Units of 10^-5 points of 100; each issue rounds by half a unit.
    found = np.array([outer_sum(values)[0] for values in made.worlds.free_value]) * 1e-7
    assert np.allclose(found, utilities(domain), rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", SMALL)
def test_the_zone_of_a_domain_is_its_rational_outcomes(name: str) -> None:
    domain = load_domain(name)
    two = domain.of([profile.name for profile in domain.profiles[:2]])
    found = analyse_zone(loads(json.dumps(document(two))), n_worlds=1)
    assert found.n_outcomes == domain_expected()[name]["n_outcomes"]
    (at_file,) = (case for case in cases_of(name) if case.name[1] == "1+2" and case.key == "rv_file")
    assert np.allclose(at_file.reserved * UNIT, reservations(two), rtol=0, atol=TOLERANCE)
    assert (found.size.median or 0) == at_file.expected["n_rational_ge"]
