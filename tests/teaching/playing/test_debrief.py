"""The debrief, beside what can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from negsim.report.page import Page
from negsim.report.text_play_debrief import write_debrief
from negsim.scenario import loads
from negsim.teaching.playing.debrief import debrief
from negsim.teaching.playing.match import Match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.peers import Peers, play_peers
from tests.teaching.playing.games import HARBOUR, SALE, conceder, match_of, mill, play_out, stubborn


def sale(price: str) -> list[Move]:
    """The buyer offers a price in the third round that the seller would then take, or waits for an offer of it."""
    return [Move("pass"), Move("refuse"), Move("offer", (("price", price),))]


def test_scores_gains_and_frontier_of_a_sale_are_those_of_the_price() -> None:
    found = debrief(match_of(loads(SALE), "buyer"), sale("7"), n_peers=0)
    assert found.agreed
    assert [(one.party, one.points, one.gain) for one in found.scores] == [
        ("buyer", 30.0, -10.0),
        ("seller", 70.0, 30.0),
    ]
    # What suits both are 4, 5 and 6 euros: all efficient, none better for both.
    assert (found.n_deals, found.n_zone, found.n_frontier, found.n_better) == (11, 3, 3, 0)
    assert [one.points for one in found.frontier] == [(60.0, 40.0), (50.0, 50.0), (40.0, 60.0)]
    assert [one.most for one in found.scores] == [60.0, 60.0]


def points(price: int, repairs: str, pledge: str) -> tuple[float, float]:
    """What a deal of the mill is worth to Ann and to Bob, reckoned by hand."""
    ann = 60 * (1 - price / 100) + (20 if repairs == "bob" else 0) + {"land": 20, "word": 0, "irrelevant": 10}[pledge]
    bob = 70 * price / 100 + (20 if repairs == "ann" else 0) + (0 if pledge == "land" else 10)
    return ann, bob


def every_deal() -> list[tuple[int, str, str]]:
    found = [(price, "ann", "irrelevant") for price in range(0, 101, 10)]
    return found + [(price, "bob", pledge) for price, pledge in product(range(10, 101, 10), ("land", "word"))]


@pytest.mark.parametrize("firm", ["hard", "0"])
def test_what_was_left_on_the_table_is_what_a_look_at_every_deal_finds(firm: str) -> None:
    match = match_of(mill(firm=firm), "ann")
    moves, state = play_out(match, conceder)
    assert state.ending is not None
    found = debrief(match, moves, n_peers=0)
    zone = [
        deal
        for deal in every_deal()
        if points(*deal)[0] >= 30 and points(*deal)[1] >= 20 and deal[0] <= 60 and (firm == "0" or deal[2] != "land")
    ]
    held = (found.scores[0].points, found.scores[1].points)
    if state.ending.deal:
        reached = dict(state.ending.deal)
        assert held == pytest.approx(points(int(reached["price"]), reached["repairs"], reached["pledge"]))
    better = [
        deal
        for deal in zone
        if all(a >= b - 1e-9 for a, b in zip(points(*deal), held, strict=True))
        and any(a > b + 1e-9 for a, b in zip(points(*deal), held, strict=True))
    ]
    assert (found.n_deals, found.n_zone, found.n_better) == (len(every_deal()), len(zone), len(better))
    assert found.efficient is (found.agreed and not better)
    front = {
        points(*one)
        for one in zone
        if not any(
            all(a >= b for a, b in zip(points(*other), points(*one), strict=True)) and points(*other) != points(*one)
            for other in zone
        )
    }
    assert found.n_frontier == len(front)
    spare = max([points(*deal)[0] - held[0] for deal in better], default=0.0)
    assert found.spare is None if not found.agreed else found.spare == pytest.approx(spare)


def test_red_lines_are_told_real_or_bluff_with_the_person_s_own_first() -> None:
    land = Move("offer", (("price", "50"), ("repairs", "bob"), ("pledge", "land")))
    found = debrief(match_of(mill(firm="0"), "ann"), [land, Move("leave")], n_peers=0)
    assert [(one.party, one.line, one.real, one.crossed, one.invoked) for one in found.lines] == [
        ("ann", "fifty", True, False, False),
        ("bob", "land", False, False, True),
    ]


def test_without_a_deal_everybody_has_the_walk_away_value_and_the_best_offer_heard_is_told() -> None:
    match = match_of(loads(SALE), "seller")
    # The buyer offers 1, 4 euros in its turns, at 88 and 64 points asked.
    moves, _ = play_out(match, stubborn)
    found = debrief(match, moves, n_peers=0)
    assert [one.gain for one in found.scores] == [0.0, 0.0]
    assert found.best_offered == pytest.approx(30.0)
    assert found.spare is None
    assert found.n_better == 3


def test_under_a_quorum_what_suits_enough_is_the_zone() -> None:
    match = match_of(loads(HARBOUR), "port")
    found = debrief(match, [Move("leave")], n_peers=0)
    n = 0
    for size, kind in product(range(11), ("none", "small", "large")):
        city = 70 * size / 10 + (30 if kind == "none" else 0)
        fishers = 40 * (1 - size / 10) + (60 if kind == "large" else 0)
        port = 90 * (1 - abs(size - 8) / 8) + (10 if kind == "small" else 0)
        agree = (city >= 30) + (fishers >= 35) + (port >= 20)
        n += city >= 30 and agree >= 2 and kind != "large"
    assert found.n_zone == n


def _seat(match: Match) -> Peers:
    return play_peers(match, 200)


def test_peers_are_the_same_again_by_the_same_seed_and_others_by_another() -> None:
    match = match_of(mill(), "ann")
    assert _seat(match) == _seat(match)
    assert _seat(match) != _seat(match_of(mill(), "ann", seed=1))


def test_no_negotiator_in_the_seat_does_worse_than_without_a_deal_or_better_than_the_best_there_is() -> None:
    match = match_of(loads(SALE), "buyer")
    found = _seat(match)
    assert len(found.gains) == 200
    # They accept nothing below their walk-away value, and at 4 euros the buyer gains 20 points.
    assert min(found.gains) >= 0
    assert max(found.gains) <= 20
    assert list(found.gains) == sorted(found.gains)
    assert sum(gain > 0 for gain in found.gains) <= len(found.deals) <= found.n


def test_shares_below_and_as_good_add_up() -> None:
    peers = Peers((1.0, 1.01, 2.0), 4)
    assert (peers.share_below(1.0), peers.share_equal(1.0)) == (0.25, 0.5)
    assert (peers.quantile(0.5), peers.quantile(0.0), peers.quantile(1.0)) == (1.01, 0.0, 2.0)


def test_a_single_negotiator_can_take_the_seat_too() -> None:
    assert play_peers(match_of(loads(SALE), "buyer"), 1).n == 1


def test_a_deal_worth_just_what_no_deal_is_worth_is_no_better_than_none() -> None:
    # At 5 euros each has 50 points, as without a deal.
    even = SALE.replace("no_deal: 40", "no_deal: 50")
    found = debrief(match_of(loads(even), "buyer"), [Move("leave")], n_peers=0)
    assert (found.n_zone, found.n_better) == (1, 0)


def test_shares_of_peers_are_told_as_they_are_where_many_gain_the_same() -> None:
    match = match_of(loads(SALE), "buyer")
    found = debrief(match, [Move("leave")], n_peers=0)
    page = Page()
    # Of ten four gain nothing, five 10 points and one 20.
    write_debrief(page, replace(found, peers=Peers((10.0,) * 5 + (20.0,), 10)), match)
    assert "Over no deal, 90 % gained 10 points or less, and 10 % gained 20 or more." in " ".join(page.text().split())
    page = Page()
    write_debrief(page, replace(found, peers=Peers((10.0,) * 6, 10)), match)
    assert "Over no deal, 100 % gained 10 points or less, and 60 % gained 10 or more." in " ".join(page.text().split())
