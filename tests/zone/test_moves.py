"""What moves P(zone), against closed forms."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.model.draws import Draws
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario, loads
from negsim.zone import CoinMove, Move, ZoneResult, analyse_zone, workers
from negsim.zone.moves import count_moves, moving_quantities

ONE_PARTY = """
negsim: 1
id: one
title: One
issues: {a: {title: A, options: [left, right]}}
parties:
  ann: {title: Ann, values: {a: {left: 45, right: 0}}, no_deal: 0..100, adjustments: {idle: {when: a == right, amount: -9..-1}}}
"""

TWO_PARTIES = """
negsim: 1
id: two
title: Two
issues: {a: {title: A, options: [left, right]}}
parties:
  ann: {title: Ann, values: {a: {left: 60, right: 0}}, no_deal: 0..100}
  bob:
    title: Bob
    values: {a: {left: 70, right: 0}}
    no_deal: 0..100
    red_lines:
      no_left: {require: a == right, firmness: 0.25}
      loose: {require: a == right, firmness: FIRMNESS}
"""


def _by_path(found: ZoneResult) -> dict[str, Move]:
    return {move.path: move for move in found.moves}


def _two(firmness: str = "0") -> Scenario:
    return loads(TWO_PARTIES.replace("FIRMNESS", firmness))


def test_a_zone_below_one_threshold_alone_differs_by_everything() -> None:
    # Ann accepts iff her no-deal value, uniform on 0..100, is at most 45: always in its bottom fifth, never in its top.
    found = analyse_zone(loads(ONE_PARTY), n_worlds=2048)
    first, second = found.moves
    assert first.path == "parties.ann.no_deal"
    assert (first.low_below, first.high_above) == (20, 80)
    assert first.p_low is not None
    assert first.p_high is not None
    assert first.difference is not None
    assert (first.p_low.estimate, first.p_high.estimate, first.difference.estimate) == (1, 0, -1)
    assert first.difference.low == -1
    assert first.stands_out
    # What cannot matter: nobody takes `right`, whatever is taken off it.
    assert second.path == "parties.ann.adjustments.idle.amount"
    assert second.difference is not None
    assert not second.difference.excludes_zero
    assert not second.stands_out


@pytest.mark.parametrize("sampler", ["lhs", "random", "sobol"])
def test_two_independent_thresholds_and_a_coin_move_as_their_products_say(sampler: str) -> None:
    # A zone iff Ann is at most 60, Bob at most 70 and his red line a bluff (3/4).
    found = analyse_zone(_two(), n_worlds=8192, sampler=sampler)
    moves = _by_path(found)
    exact = {
        "parties.ann.no_deal": (0.7 * 0.75, 0.0),
        "parties.bob.no_deal": (0.6 * 0.75, 0.0),
    }
    n_fifth = 32 * 51
    bound = float(np.sqrt(np.log(2 / 1e-9) / (2 * n_fifth)))  # Hoeffding
    for path, (p_low, p_high) in exact.items():
        move = moves[path]
        assert move.p_low is not None
        assert move.p_high is not None
        assert move.difference is not None
        assert abs(move.p_low.estimate - p_low) < bound
        assert move.p_high.estimate == p_high
        assert move.difference.estimate == move.p_high.estimate - move.p_low.estimate
        # Twice the half-width of a 95 % interval, since six of them are looked at.
        assert abs(move.difference.estimate - (p_high - p_low)) < 2 * move.difference.half_width
    coins = {coin.red_line: coin for coin in found.coins}
    firm, loose = coins["no_left"], coins["loose"]
    assert firm.p_bluff is not None
    assert firm.p_real is not None
    assert abs(firm.p_bluff.estimate - 0.6 * 0.7) < float(np.sqrt(np.log(2 / 1e-9) / (2 * 0.7 * 8192)))
    assert firm.p_real.estimate == 0
    assert firm.stands_out
    # Firmness 0: no world in which it is real.
    assert (loose.p_real, loose.difference, loose.stands_out) == (None, None, False)
    assert loose.p_bluff == found.p_zone
    assert [coin.red_line for coin in found.coins] == ["no_left", "loose"]


def test_a_firmness_moves_what_its_coin_moves_less_far() -> None:
    # Firmness uniform from .2 to .8: .26 on average in its bottom fifth, .2 to .32, and .74 in its top one.
    found = analyse_zone(_two("0.2..0.8"), n_worlds=16_384)
    move = _by_path(found)["parties.bob.red_lines.loose.firmness"]
    coin = next(coin for coin in found.coins if coin.red_line == "loose")
    common = 0.6 * 0.7 * 0.75
    assert move.difference is not None
    assert coin.difference is not None
    assert move.difference.low <= common * (0.26 - 0.74) <= move.difference.high
    assert coin.difference.low <= -common <= coin.difference.high
    assert move.stands_out


def test_a_hard_red_line_has_no_coin() -> None:
    assert [coin.red_line for coin in analyse_zone(_two("hard"), n_worlds=256).coins] == ["no_left"]


def test_the_largest_difference_comes_first_and_equal_ones_go_by_path() -> None:
    found = analyse_zone(_two("0.2..0.8"), n_worlds=4096)
    sizes = [abs(move.difference.estimate) for move in found.moves if move.difference is not None]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 3
    none = analyse_zone(loads(TWO_PARTIES.replace("left: 60", "left: 0").replace("FIRMNESS", "0.2..0.8")), n_worlds=256)
    # No world but those with Ann at 0: all differences are 0.
    assert [move.path for move in none.moves] == sorted(move.path for move in none.moves)
    assert not any(move.stands_out for move in none.moves)


def test_the_same_quantity_counts_once_and_one_that_hardly_leaves_a_value_not_at_all() -> None:
    # The .8 quantile of beta(.01, 1) is .8^100, about 2e-10, and of beta(.01, 10^6) another 10^-6 of that: added to .9
    # that is .9 to all digits there are.
    text = TWO_PARTIES.replace("FIRMNESS", "{beta: {a: 0.01, b: 1000000, low: 0.9, high: 1}}")
    tied = loads(
        text.replace("right: 0}}\n    no_deal: 0..100", "right: 0}}\n    no_deal: {same: parties.ann.no_deal}")
    )
    assert [".".join(named.path) for named, _, _ in moving_quantities(tied)] == ["parties.ann.no_deal"]
    found = analyse_zone(tied, n_worlds=2048)
    assert [move.path for move in found.moves] == ["parties.ann.no_deal"]


def test_a_tie_moves_a_quantity_that_does_nothing_by_itself() -> None:
    # The figures are of worlds as drawn: what is tied to a quantity that matters differs with it.
    text = ONE_PARTY + (
        "ties: {t: {between: [parties.ann.no_deal, parties.ann.adjustments.idle.amount], rank_correlation: 0.9}}\n"
    )
    move = _by_path(analyse_zone(loads(text), n_worlds=2048))["parties.ann.adjustments.idle.amount"]
    assert move.difference is not None
    assert move.difference.high < -0.5


@pytest.mark.parametrize("n_worlds", [1, 4])
def test_too_few_worlds_for_fifths_leave_the_differences_open(n_worlds: int) -> None:
    move = analyse_zone(_two(), n_worlds=n_worlds).moves[0]
    assert (move.p_low, move.p_high, move.difference, move.stands_out) == (None, None, None, False)


def test_a_last_block_of_fewer_than_5_worlds_adds_nothing() -> None:
    short, longer = analyse_zone(_two(), n_worlds=512), analyse_zone(_two(), n_worlds=516)
    assert [move.difference for move in short.moves] == [move.difference for move in longer.moves]
    assert short.coins != longer.coins


def _draws(values: list[float]) -> Draws:
    return Draws({("q",): np.array(values)}, {("p", "l"): np.array(values) > 0}, len(values))


def test_of_equal_values_an_earlier_world_ranks_lower() -> None:
    zone = np.array([True, False, False, False, False, True, True, False, False, True])
    counted = count_moves(_draws([1.0] * 10), zone, [("q",)], [("p", "l")])
    assert (counted.fifth.tolist(), counted.low.tolist(), counted.high.tolist()) == ([2], [[1]], [[1]])
    assert (counted.real.tolist(), counted.real_zones.tolist(), counted.bluff_zones.tolist()) == ([[10]], [[4]], [[0]])


@given(st.lists(st.tuples(st.floats(-5, 5), st.booleans()), min_size=1, max_size=30))
def test_fifths_are_those_of_a_sorted_list(worlds: list[tuple[float, bool]]) -> None:
    counted = count_moves(
        _draws([value for value, _ in worlds]), np.array([zone for _, zone in worlds]), [("q",)], [("p", "l")]
    )
    ordered = sorted(range(len(worlds)), key=lambda world: (worlds[world][0], world))
    k = len(worlds) // 5
    assert counted.low.item() == sum(worlds[world][1] for world in ordered[:k])
    assert counted.high.item() == sum(worlds[world][1] for world in ordered[::-1][:k])
    assert counted.real_zones.item() == sum(zone and value > 0 for value, zone in worlds)
    assert counted.bluff_zones.item() == sum(zone and value <= 0 for value, zone in worlds)


@pytest.mark.parametrize("options", [{"n_worlds": 5 * BLOCK + 7}, {"precision": 0.03}])
def test_processes_and_runs_of_blocks_move_nothing(options: dict[str, Any]) -> None:
    one = analyse_zone(_two("0.2..0.8"), **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workers, "_RUN_SECONDS", 0.0)
        patch.setattr(workers, "_WORTH_SECONDS", 0.0)
        other = analyse_zone(_two("0.2..0.8"), n_jobs=2, **options)
    assert (one.moves, one.coins, one.structure) == (other.moves, other.coins, other.structure)
    assert one.moves[0].stands_out


def test_a_scenario_in_which_nothing_is_uncertain_has_no_moves() -> None:
    fixed = loads(ONE_PARTY.replace("0..100", "40").replace("-9..-1", "-5"))
    found = analyse_zone(fixed, n_worlds=64)
    assert (found.moves, found.coins) == ((), ())


def test_rows_hold_what_moves_say() -> None:
    found = analyse_zone(_two(), n_worlds=1024)
    row, move = found.move_rows()[0], found.moves[0]
    assert move.difference is not None
    assert row["path"] == move.path
    assert (row["difference"], row["difference.low"]) == (move.difference.estimate, move.difference.low)
    assert row["stands_out"] == "true"
    empty = analyse_zone(_two(), n_worlds=3).move_rows()[0]
    assert (empty["p_low"], empty["p_high.high"], empty["difference.low"]) == (None, None, None)
    assert list(row) == list(empty)
    assert isinstance(found.coins[0], CoinMove)
