"""How far worlds are from having a zone, or from losing it, against what can be worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from negsim.checks.judging.asked import Asked
from negsim.checks.judging.slack import MOST_SLACK, slack_of
from negsim.checks.judging.variants import Chosen, Variants
from negsim.model.points import centre_of, factors_of
from negsim.scenario.claims import ClaimNames, parse_claim
from negsim.scenario.conditions import IssueNames
from negsim.scenario.conditions.tree import Condition
from tests.checks.judging.support import HOUSE_SALE, TWO_LINES, load_with

RESOLUTION = MOST_SLACK / 2**8


def house_slack(seller: float, buyer: float, condition: str = "") -> float:
    variants = Variants(load_with(HOUSE_SALE, "for every world, zone"))
    factors = factors_of(variants.scenario)
    prices = {"seller": seller, "buyer": buyer}
    points = np.array([[prices[one.path[1]] for one in factors]])
    only = None
    if condition:
        claim = parse_claim(
            f"for every outcome in zone, {condition}",
            ClaimNames([IssueNames("price", "numeric", levels=tuple(map(Fraction, range(250, 371))))]),
        )
        only = claim.condition  # type: ignore[union-attr]
        assert isinstance(only, Condition)
    return float(slack_of(Asked(variants, Chosen(factors, points)), (), only)[0])


# At 340 the seller has all that it demands, 100 points, and at 250 none; so a thousand is worth 100/90 points to it, as to
# the buyer between 370 and 280. At the price in the middle both are (b - s) / 2 thousands above what they
# would get elsewhere, and so many points can be given to both until that price is no longer accepted; where b < s, so
# many must be taken. The middle is a price of the scale where s and b are both even or both odd.
@pytest.mark.parametrize(("seller", "buyer"), [(300, 330), (280, 350), (301, 305), (330, 290), (326, 320), (270, 350)])
def test_slack_is_half_of_what_there_is_to_share(seller: float, buyer: float) -> None:
    exact = (buyer - seller) / 2 * 100 / 90
    assert house_slack(seller, buyer) == pytest.approx(exact, abs=RESOLUTION + 1e-6)


def test_slack_of_a_condition_is_that_of_the_outcomes_that_meet_it() -> None:
    # At 328, the seller has 28 thousands to give away, and the buyer 2.
    assert house_slack(300, 330, "price >= 328") == pytest.approx(2 * 100 / 90, abs=RESOLUTION + 1e-6)
    # At 335, the buyer lacks 5.
    assert house_slack(300, 330, "price >= 335") == pytest.approx(-5 * 100 / 90, abs=RESOLUTION + 1e-6)


def test_slack_has_the_sign_of_whether_there_is_a_zone() -> None:
    variants = Variants(load_with(HOUSE_SALE, "for every world, zone"))
    factors = factors_of(variants.scenario)
    random = np.random.default_rng(0)
    points = np.stack([random.uniform(one.low, one.high, 300) for one in factors], axis=1)
    asked = Asked(variants, Chosen(factors, points))
    slack = slack_of(asked, (), None)
    assert np.array_equal(slack > 0, asked.zone())
    assert np.all(np.abs(slack) >= RESOLUTION)
    assert 0 < np.count_nonzero(asked.zone()) < 300


def test_where_a_red_line_is_in_the_way_no_points_help() -> None:
    variants = Variants(load_with(TWO_LINES, "for every world, zone"))
    factors = factors_of(variants.scenario)
    points = np.stack([np.ones(2), centre_of(factors)])
    slack = slack_of(Asked(variants, Chosen(factors, points)), (), None)
    assert slack[0] == -MOST_SLACK
    # With the floor alone, 5 is worth 10 points more than no deal to both.
    assert slack[1] == pytest.approx(10, abs=RESOLUTION + 1e-6)


def test_where_no_outcome_meets_a_condition_slack_is_the_least_there_is() -> None:
    assert house_slack(300, 330, "price > 300 and price < 300") == -MOST_SLACK
