"""The frontier within the zone, by hand: what cannot be had is held against nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from negsim.scenario import Scenario, loads
from negsim.zone import frontiers_within
from negsim.zone.frontiers import find_frontier
from negsim.zone.frontiers_result import WorldFrontier
from negsim.zone.frontiers_within import are_in_zone, find_frontier_within_zone

# Three levels of pay, a bonus that both like, and a board that lets no bonus pass.
#            pay   0    1    2     bonus
# worker           0   25   50     +50       no deal 25
# firm            50   25    0     +50       no deal 0
PAY = """\
negsim: 1
id: pay
title: Pay
issues:
  pay: {title: Pay, scale: 0..2, step: 1}
  bonus: {title: Bonus, options: [yes_, no_]}
parties:
  worker: {title: Worker, demands: {pay: 2, bonus: yes_}, priorities: {pay: 50, bonus: 50}, no_deal: 25}
  firm:
    title: Firm
    demands: {pay: 0, bonus: yes_}
    priorities: {pay: 50, bonus: 50}
    no_deal: 0
    ratifiers: {board: {title: Board, red_lines: {none_: {require: bonus == no_, firmness: hard}}}}
"""


LONG = PAY.replace("0..2", "0..40").replace("pay: 2", "pay: 40")


def pay(old: str = "", new: str = "") -> Scenario:
    assert old in PAY
    return loads(PAY.replace(old, new) if old else PAY)


def test_deals_that_only_refused_ones_better_are_on_it() -> None:
    found = find_frontier_within_zone(pay())
    assert found.has_zone
    assert found.parties == ("firm", "worker")
    assert found.utility.T.tolist() == [[25, 25], [0, 50]]
    assert found.options == {0: (("pay", "1"), ("bonus", "no_")), 1: (("pay", "2"), ("bonus", "no_"))}
    # Either deal gives one of them 25 over no deal and the other nothing.
    assert found.chosen["nash"] == (0, 1)
    whatever_the_board_says = find_frontier(pay(), world=0).found
    assert isinstance(whatever_the_board_says, WorldFrontier)
    assert not any(point.in_zone for point in whatever_the_board_says.points)


def test_without_a_zone_there_are_no_points() -> None:
    found = find_frontier_within_zone(pay("no_deal: 25", "no_deal: 75"))
    assert found.has_zone is False
    assert (found.utility.shape, found.options, found.chosen, found.joint) == ((2, 0), {}, {}, None)


def test_under_a_quorum_nobody_outvoted_is_asked_and_no_solution_is_named() -> None:
    text = PAY[: PAY.index("    ratifiers")] + "agreement: {quorum: 1}\n"
    found = find_frontier_within_zone(loads(text))
    # The firm accepts everything; the bonus is best for both.
    assert found.utility.T.tolist() == [[100, 50], [75, 75], [50, 100]]  # the firm, the worker
    assert found.chosen == {}


def test_an_even_spread_is_told_with_both_ends_and_what_theory_names() -> None:
    scenario = loads(LONG)
    found = find_frontier_within_zone(scenario, most_told=3)
    # The worker has 25 to 50, by 1.25, the firm the rest of 50: 21 points.
    assert found.utility.shape == (2, 21)
    assert {0, 10, 20} <= set(found.options)
    assert set(found.options) == {0, 10, 20, found.joint, *(k for some in found.chosen.values() for k in some)}
    # Gains add up to 25 everywhere: their product is largest in the middle.
    assert found.chosen["nash"] == (10,)


def test_what_is_too_much_to_look_at_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    from negsim.zone import violations

    monkeypatch.setattr(violations, "most_sums", lambda _: 1)
    monkeypatch.setattr(violations, "_LEAST_SUMS", 1)
    found = frontiers_within.find_frontier_within_zone(loads(LONG))
    assert (found.has_zone, found.utility.shape) == (None, (2, 0))


def test_deals_are_in_the_zone_where_all_who_must_accept_them() -> None:
    deals = [[2, 1], [1, 1], [0, 1], [2, 0]]
    assert are_in_zone(pay(), deals) == [True, True, False, False]
    assert are_in_zone(replace(pay(), title="Same"), []) == []
    assert np.count_nonzero(are_in_zone(pay(), deals)) == 2
