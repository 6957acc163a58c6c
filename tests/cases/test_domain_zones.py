"""The same domains as scenarios (see test_domains.py): what the zone analysis says that solutions give each party."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray

from negsim.scenario import Scenario, loads
from negsim.zone import ZoneResult, analyse_zone
from tests.cases.domains import document, domain_expected, load_domain
from tests.cases.test_domains import OTHER_IDEAL, SMALL, Case, cases_of
from tests.questions import by
from tests.solutions import plain


def _scenario(case: Case) -> Scenario:
    """The parties of a case, at its reservation values."""
    expected = domain_expected()[case.name[0]]["cases"][case.name[1]]
    given = document(load_domain(case.name[0]).of(expected["profiles"]))
    for party, reserved in zip(given["parties"].values(), case.expected["reserved"], strict=True):
        party["no_deal"] = 100 * reserved
    return loads(json.dumps(given))


def _gains(found: ZoneResult, solution: str) -> NDArray[np.float64]:
    (one,) = (one for one in found.solutions if one.name == solution)
    return np.array([spread.median for _, spread in one.gains])


def _is_one_of(gains: NDArray[np.float64], case: Case, points: list[list[float]]) -> bool:
    """Whether gains are those of a point, or of several that tie equally, but for roundings.

    Each issue and each no-deal value rounds to a unit of 10^-5 points, and a no-deal value gives way by half a unit for
    each issue.
    """
    n_issues = len(load_domain(case.name[0]).issues)
    expected = np.array([*points, np.mean(points, axis=0)]) - case.expected["reserved"]
    return bool(np.any(np.all(np.abs(gains - 100 * expected) <= (n_issues + 1) * 1e-5, axis=1)))


@pytest.mark.parametrize("method", ["enumerate", "merge"])
@pytest.mark.parametrize("name", SMALL)
def test_solutions_in_the_zone_of_a_domain_give_the_published_gains(name: str, method: str) -> None:
    n_zones = 0
    for case in cases_of(name):
        found = analyse_zone(_scenario(case), n_worlds=1, questions=by(method))
        assert found.p_zone.estimate == (case.expected["n_rational_ge"] > 0)
        if not case.expected["n_rational_ge"]:
            assert found.solutions == ()
            continue
        n_zones += 1
        nash = case.expected["nash"]
        # Of a single point the file also has the one at these very reservation values.
        named = [case.expected["nash_disagreement_rv_exact"]] if len(nash) == 1 else nash
        assert _is_one_of(_gains(found, "nash"), case, named)
        assert _is_one_of(_gains(found, "utilitarian"), case, case.expected["max_welfare"])
        assert _is_one_of(_gains(found, "kalai_smorodinsky"), case, _kalai_smorodinsky(case))
    assert n_zones > 0


def _kalai_smorodinsky(case: Case) -> list[list[float]]:
    """The point of the file, or all where it names one of several or has another ideal point in mind."""
    several = len(case.expected["nash"]) > 1
    if several or case.name in OTHER_IDEAL:
        points: list[list[float]] = case.points(np.array(plain.kalai_smorodinsky(case.surplus))).tolist()
        return points
    return [case.expected["ks_standard_maxmin_ratio"]]


@pytest.mark.parametrize("method", ["enumerate", "merge"])
def test_ampo_and_the_city_settle_where_it_was_published_among_1_944_000_deals(method: str) -> None:
    expected = domain_expected()["AMPOvsCity"]
    scenario = loads(json.dumps(document(load_domain("AMPOvsCity"))))
    found = analyse_zone(scenario, n_worlds=1, questions=by(method))
    assert found.n_outcomes == expected["n_outcomes"]
    for solution, name in (("nash", "nash"), ("kalai_smorodinsky", "ks")):
        # Rounded to three decimals there.
        assert (_gains(found, solution) / 100).tolist() == pytest.approx(expected[name], abs=0.0005)
