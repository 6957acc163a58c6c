"""Utility of an imported table is a positive affine map of its points: ranks, distances and ties, no deal among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from negsim.errors import ScenarioError, UsageError
from negsim.exchange import Scaled, read_point_table, scale_points, scenario_of_table
from negsim.model.draws import draw_block
from negsim.model.no_deal import without_deal
from negsim.model.values import UNITS_PER_POINT, weighted_values
from negsim.scenario import Scenario, load, loads
from negsim.teaching.game import fixed_game
from negsim.teaching.points import role_tables, score
from tests.cases.by_hand import SCENARIOS, exactly

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
amounts = st.one_of(st.integers(-60, 100), st.decimals(-20, 60, places=2).map(str)).map(Fraction)
tables = st.lists(st.lists(st.tuples(amounts, amounts), min_size=1, max_size=4), min_size=1, max_size=4)


def as_csv(issues: Sequence[Sequence[tuple[Fraction, Fraction]]], no_deal: tuple[Fraction, Fraction]) -> bytes:
    lines = ["issue,option,Ann,Bob"]
    for k, options in enumerate(issues):
        lines += [f"issue {k},option {j},{float(a):.2f},{float(b):.2f}" for j, (a, b) in enumerate(options)]
    lines.append(f"no deal,,{float(no_deal[0]):.2f},{float(no_deal[1]):.2f}")
    return "\n".join(lines).encode()


def has_a_stake(issues: Sequence[Sequence[tuple[Fraction, Fraction]]], party: int) -> bool:
    return any(len({point[party] for point in options}) > 1 for options in issues)


def scenario(data: bytes) -> Scenario:
    return loads(scenario_of_table(read_point_table(data, "t.csv"), "t", "t.csv"))


def units(found: Scenario, party: int) -> tuple[dict[tuple[int, ...], int], int]:
    """Give the utility of every deal as the model holds it, and the least that is accepted, in units of 10^-5 points."""
    draws = draw_block(found, seed=0, block=0, n_worlds=1)
    weighted = weighted_values(found.parties[party], found.issues, draws)
    ranges = [range(len(issue.options)) for issue in found.issues]
    utility = {
        deal: sum(int(values[0, k]) for values, k in zip(weighted, deal, strict=True)) for deal in product(*ranges)
    }
    return utility, int(without_deal(found.parties[party], found, draws).least[0])


@given(issues=tables, no_deal=st.tuples(amounts, amounts))
def test_utility_is_an_affine_map_of_plain_sums_and_accepts_where_points_do(
    issues: list[list[tuple[Fraction, Fraction]]], no_deal: tuple[Fraction, Fraction]
) -> None:
    assume(all(has_a_stake(issues, party) for party in (0, 1)))
    found = scenario(as_csv(issues, no_deal))
    by_title = {party.title: k for k, party in enumerate(found.parties)}
    for party, title in enumerate(("Ann", "Bob")):
        utility, least = units(found, by_title[title])
        points = {deal: sum(issues[i][k][party] for i, k in enumerate(deal)) for deal in utility}
        low, high = min(points, key=points.__getitem__), max(points, key=points.__getitem__)
        for deal, amount in points.items():
            # The same place between the worst and the best deal, exactly.
            assert (utility[deal] - utility[low]) * (points[high] - points[low]) == (
                (utility[high] - utility[low]) * (amount - points[low])
            )
            assert (utility[deal] >= least) == (amount >= no_deal[party])
        assert (utility[high] > utility[low]) == (points[high] > points[low])


def test_points_that_add_up_to_a_hundred_are_utility() -> None:
    found = scaled({"pay": [60, 0], "place": [0, 25, 40]}, 35)
    assert (found.factor, found.origin, found.no_deal) == exactly(1, 0, 35)
    assert tuple(found.weights.values()) == exactly(60, 40)
    assert (found.values["pay"], found.values["place"]) == (exactly(100, 0), exactly(0, "125/2", 100))


def test_negative_points_are_shifted_and_no_deal_with_them() -> None:
    found = scaled({"pay": [-20, 60], "place": [0, 20]}, -5)
    assert (found.factor, found.origin, found.no_deal) == exactly(1, -20, 15)
    assert found.values["pay"] == exactly(0, 100)


def test_an_issue_without_points_has_no_weight() -> None:
    assert set(scaled({"pay": [0, 60], "flag": [0, 0]}, 10).weights) == {"pay"}


@pytest.mark.parametrize("no_deal", [1_000, -1_000])
def test_no_deal_far_from_any_deal_makes_the_scale_smaller(no_deal: int) -> None:
    found = scaled({"pay": [0, 60]}, no_deal)
    assert -100 <= found.no_deal <= 200
    assert found.no_deal == found.factor * no_deal
    assert found.values["pay"][1] == found.factor * 60 < 100


def test_points_beyond_any_weight_are_made_smaller() -> None:
    found = scaled({"pay": [0, 9_000_000], "place": [0, 1_000_000]}, 0)
    assert max(found.weights.values()) == 1_000_000
    assert found.weights["pay"] == 9 * found.weights["place"]


@pytest.mark.parametrize("same", [0, 7, -7])
def test_who_has_the_same_points_by_every_deal_is_refused(same: int) -> None:
    with pytest.raises(UsageError, match="nothing at stake"):
        scaled({"pay": [same, same], "place": [3]}, 5)


@pytest.mark.parametrize(
    ("most", "factor"), [(100, 1), (55, 1), (11, 1), (10, 10), (3, 10), (101, "1/2"), (300, "1/5"), (999, "1/10")]
)
def test_the_factor_is_round_so_that_points_are_seen_again(most: int, factor: int | str) -> None:
    assert scaled({"pay": [0, 1, most]}, 0).factor == Fraction(factor)


def test_points_too_fine_for_a_round_factor_have_another() -> None:
    found = scale_points({"pay": [Fraction(0), Fraction("0.0005"), Fraction("0.05")]}, Fraction(0))
    assert found.factor == 1000
    found = scale_points({"pay": [Fraction(0), Fraction("0.012345"), Fraction("12.345")]}, Fraction(0))
    assert found.factor > 8  # 100 / 12.345 is 8.1; at 1 the least would be 1234.5 units
    assert found.factor * Fraction("0.012345") * 100_000 % 1 == 0


def test_what_cannot_be_scaled_is_refused() -> None:
    with pytest.raises(UsageError, match="too far apart"):
        scale_points({"pay": [Fraction(0), Fraction("0.000001"), Fraction(10**12)]}, Fraction(0))


@SLOW
@given(issues=tables, no_deal=st.tuples(amounts, amounts))
def test_a_game_of_a_table_accepts_and_gains_what_the_table_says(
    issues: list[list[tuple[Fraction, Fraction]]], no_deal: tuple[Fraction, Fraction]
) -> None:
    assume(all(has_a_stake(issues, party) for party in (0, 1)))
    game = fixed_game(scenario(as_csv(issues, no_deal)), seed=3).scenario
    tables_of_roles = {table.actor.title: table for table in role_tables(game).values()}
    for party, title in enumerate(("Ann", "Bob")):
        gains = {}
        for deal in product(*(range(len(options)) for options in issues)):
            points = sum(issues[i][k][party] for i, k in enumerate(deal))
            found = score(tables_of_roles[title], {issue.id: k for issue, k in zip(game.issues, deal, strict=True)})
            assert found.refuses == (points < no_deal[party]), deal
            assert found.gain is not None
            gains[points - no_deal[party]] = found.gain
        # One factor from points gained in the table to points gained in the game.
        largest = max(gains, key=abs)
        for gain, found_gain in gains.items():
            assert found_gain * float(largest) == pytest.approx(gains[largest] * float(gain), abs=1e-6)


def test_a_table_of_few_whole_points_is_printed_as_it_was_written() -> None:
    rows = ["I,a,0", "I,b,5", "I,c,10", "I,d,30", "J,a,0", "J,b,12", "K,a,0", "K,b,13", "L,a,0", "L,b,7", "no deal,,31"]
    data = "\n".join(["issue,option,Ann,Bob", *(f"{row},{row.split(',')[-1]}" for row in rows)])
    game = fixed_game(scenario(data.encode()), seed=0).scenario
    table = role_tables(game)["ann"]
    points = {issue: [one / UNITS_PER_POINT for one in held] for issue, held in table.units.items()}
    assert points == {"i": [0, 5, 10, 30], "j": [0, 12], "k": [0, 13], "l": [0, 7]}
    assert table.walk_away == 31 * UNITS_PER_POINT


def test_all_parties_that_cannot_be_scaled_are_named() -> None:
    table = read_point_table(b"issue,option,Ann,Bob,Cy\nPay,low,0,7,1\n,high,0,7,2\nno deal,,1,1,1\n", "t.csv")
    with pytest.raises(ScenarioError) as caught:
        scenario_of_table(table, "t", "t.csv")
    assert [problem.message for problem in caught.value.problems] == [
        f"t.csv, column {name}: the party has nothing at stake: every deal gives it the same points"
        for name in ("Ann", "Bob")
    ]


def scaled(points: Mapping[str, Sequence[int]], no_deal: int) -> Scaled:
    return scale_points({issue: list(map(Fraction, given)) for issue, given in points.items()}, Fraction(no_deal))


@pytest.mark.parametrize("name", ["job-offer", "biogas-siting", "camp-david-1978"])
def test_the_points_of_a_game_come_back(name: str) -> None:
    game = fixed_game(load(SCENARIOS / f"{name}.scenario.yaml"), seed=4).scenario
    draws = draw_block(game, seed=0, block=0, n_worlds=1)
    points = {party.title: weighted_values(party, game.issues, draws) for party in game.parties}
    lines = ["issue;option;" + ";".join(points)]
    for i, issue in enumerate(game.issues):
        for k, option in enumerate(issue.options):
            cells = (decimal(values[i][0, k]) for values in points.values())
            lines.append(f"{issue.id};{option};" + ";".join(cells))
    lines.append("no deal;" + ";0" * len(points))
    again = scenario("\n".join(lines).encode())
    for party, found in enumerate(again.parties):
        utility, _ = units(again, party)
        for deal, amount in utility.items():
            assert amount == sum(int(points[found.title][i][0, k]) for i, k in enumerate(deal))


def decimal(units_of_utility: float) -> str:
    return f"{units_of_utility / UNITS_PER_POINT:.5f}"
