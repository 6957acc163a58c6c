"""A climate coalition on paper: the model behind the values and the lotteries, and P(zone) without negsim."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest

from negsim.scenario import load
from negsim.zone import analyse_zone
from tests.cases.by_hand import SCENARIOS, Deal, deals, efficient, ends, p_zone, read, utility

CASE = read("climate-coalition")
BLOCS = CASE["parties"]
BENEFIT = {"coast": Fraction("1.3"), "industry": Fraction(1), "growth": Fraction("0.9"), "fuel": Fraction("0.8")}


def payoff(benefit: Fraction, together: Fraction, own: Fraction) -> Fraction:
    return benefit * together - own * own / 2


def alone(benefits: dict[Any, Fraction], bloc: Any) -> Fraction:
    """Give a bloc's payoff where each cuts as suits itself: b * Q - q^2 / 2 is most at q = b."""
    return payoff(benefits[bloc], sum(benefits.values(), Fraction(0)), benefits[bloc])


def in_coalition(benefits: dict[Any, Fraction], members: set[Any]) -> dict[Any, Fraction]:
    """Give all payoffs where members cut by what is best for them together, the sum of their b, and others by their own."""
    joint = sum((benefits[one] for one in members), Fraction(0))
    cuts = {bloc: joint if bloc in members else benefits[bloc] for bloc in benefits}
    together = sum(cuts.values(), Fraction(0))
    return {bloc: payoff(benefits[bloc], together, cuts[bloc]) for bloc in benefits}


def in_points(bloc: str, amount: Fraction) -> Fraction:
    """Put a payoff on the scale of the bloc's values: 0 for the worst treaty of the scale, 100 for the best."""
    treaties = [treaty(bloc, Fraction(tenths, 2)) for tenths in range(11)]
    return 100 * (amount - min(treaties)) / (max(treaties) - min(treaties))


def treaty(bloc: str, cut: Fraction) -> Fraction:
    return payoff(BENEFIT[bloc], 4 * cut, cut)


@pytest.mark.parametrize("bloc", BENEFIT)
def test_values_of_the_cut_are_the_payoffs_of_the_model(bloc: str) -> None:
    for per_cent, value in BLOCS[bloc]["values"]["cut"].items():
        assert Fraction(str(value)) == round(in_points(bloc, treaty(bloc, Fraction(per_cent, 10))), 1)


@pytest.mark.parametrize("bloc", BENEFIT)
def test_the_lottery_s_ends_are_the_payoffs_without_the_treaty(bloc: str) -> None:
    outside = in_coalition(BENEFIT, set(BENEFIT) - {bloc})[bloc]
    nothing: Deal = {"cut": Fraction(0), "support": Fraction(0), "checks": "none"}
    rest = utility(BLOCS[bloc], nothing)
    share = Fraction(BLOCS[bloc]["priorities"]["cut"], 100)
    worth = {name: Fraction(str(end["worth"])) for name, end in BLOCS[bloc]["no_deal"]["lottery"]["ends"].items()}
    assert worth["others_go_on"] == round(rest + share * round(in_points(bloc, outside), 1), 1)
    assert worth["each_alone"] == round(rest + share * round(in_points(bloc, alone(BENEFIT, bloc)), 1), 1)


def test_of_alike_blocs_a_coalition_of_three_is_as_large_as_holds() -> None:
    # Barrett (1994), linear benefits: nobody gains by leaving three, everybody by leaving more.
    alike = dict.fromkeys(range(6), Fraction(1))

    def gain_by_leaving(size: int) -> Fraction:
        members = set(range(size))
        return in_coalition(alike, members - {0})[0] - in_coalition(alike, members)[0]

    assert [gain_by_leaving(size) > 0 for size in (2, 3, 4, 5, 6)] == [False, False, True, True, True]


def test_all_but_the_low_lying_states_are_best_off_outside_a_coalition_that_goes_on() -> None:
    together = in_coalition(BENEFIT, set(BENEFIT))
    outside = {bloc: in_coalition(BENEFIT, set(BENEFIT) - {bloc})[bloc] for bloc in BENEFIT}
    assert {bloc for bloc in BENEFIT if outside[bloc] > together[bloc]} == {"industry", "growth", "fuel"}


def test_each_bloc_has_more_in_the_best_treaty_of_all_than_alone_and_fuel_exporters_least_more() -> None:
    together = in_coalition(BENEFIT, set(BENEFIT))
    gain = {bloc: together[bloc] - alone(BENEFIT, bloc) for bloc in BENEFIT}
    assert min(gain.values()) > 0
    assert min(gain, key=gain.__getitem__) == "fuel"


def test_no_smaller_coalition_beats_all_four_for_all_of_its_members() -> None:
    together = in_coalition(BENEFIT, set(BENEFIT))
    for size in (2, 3):
        for members in combinations(BENEFIT, size):
            found = in_coalition(BENEFIT, set(members))
            assert any(found[one] < together[one] for one in members)


def test_the_most_a_bloc_may_expect_of_others_is_as_the_head_of_the_file_says() -> None:
    most = []
    for bloc in BENEFIT:
        outside, nothing = in_coalition(BENEFIT, set(BENEFIT) - {bloc})[bloc], alone(BENEFIT, bloc)
        most.append(round(float((treaty(bloc, Fraction(3)) - nothing) / (outside - nothing)), 2))
    assert most == [0.96, 0.67, 0.56, 0.43]


def test_p_zone_is_the_volume_under_the_staircase_with_and_without_support() -> None:
    spans = []
    for bloc in BLOCS.values():
        lottery = bloc["no_deal"]["lottery"]["ends"]
        low, high = (Fraction(str(lottery[name]["worth"])) for name in ("each_alone", "others_go_on"))
        start, stop = ends(lottery["others_go_on"]["probability"])
        spans.append((low + (high - low) * start, low + (high - low) * stop))
    points = {tuple(deal.values()): tuple(utility(bloc, deal) for bloc in BLOCS.values()) for deal in deals(CASE)}
    exact = p_zone(list(efficient(list(points.values()))), spans)
    bare = p_zone([point for deal, point in points.items() if deal[1] == 0], spans)
    assert (round(float(bare), 3), round(float(exact), 3)) == (0.241, 0.579)
    found = analyse_zone(load(SCENARIOS / "climate-coalition.scenario.yaml"), n_worlds=4096).p_zone
    assert found.low < exact < found.high
