"""What a debrief says of games with more deals than come to the table, beside all of them on a grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from negsim.report.page import Page
from negsim.report.text_play_debrief import write_debrief
from negsim.scenario import loads
from negsim.teaching.playing.debrief import Debrief, debrief
from negsim.teaching.playing.match import Match, Options
from negsim.teaching.playing.moves import Move
from tests.teaching.playing.games import match_of

WIDE = """\
negsim: 1
id: wide
title: A wide field
issues:
  price: {title: Price, scale: 0..100, step: 1}
  term: {title: Term, scale: 0..20, step: 1}
  yield: {title: Yield, scale: 0..20, step: 1}
  owner: {title: Owner, options: [ann, bob]}
parties:
  ann:
    title: Ann
    demands: {price: 0, term: 20, yield: 20, owner: ann}
    priorities: {price: 50, term: 20, yield: 20, owner: 10}
    no_deal: 45
  bob:
    title: Bob
    demands: {price: 100, term: 0, yield: 20, owner: bob}
    priorities: {price: 40, term: 40, yield: 20}
    no_deal: 40
    red_lines:
      owner: {title: Bob owns it, require: not (owner == ann and price < 50), firmness: hard}
protocol: {rounds: 6}
"""
"""101 x 21 x 21 x 2 deals: 89,082, of which some two thousand come to the table."""


def every_deal() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each deal is worth to Ann and to Bob, reckoned on a grid of whole numbers, and where it suits both."""
    price, term, crop, owner = np.ix_(np.arange(101), np.arange(21), np.arange(21), np.arange(2))
    ann = 50 * (100 - price) / 100 + term + crop + np.where(owner == 0, 10, 0)
    bob = 40 * price / 100 + 2 * (20 - term) + crop + 0 * owner
    suits = (ann >= 45) & (bob >= 40) & ~((owner == 0) & (price < 50))
    return ann.ravel(), bob.ravel(), suits.ravel()


def match_in(text: str = WIDE, *, listed: bool = True) -> Match:
    match = match_of(loads(text), "ann")
    return match if listed else replace(match, compiled=replace(match.compiled, merges=True))


def over(match: Match, moves: list[Move]) -> tuple[Debrief, str]:
    found = debrief(match, moves, n_peers=0)
    page = Page()
    write_debrief(page, found, match)
    return found, " ".join(page.text().split())


def test_what_was_left_is_counted_over_all_outcomes_and_not_over_those_on_the_table() -> None:
    ann, bob, suits = every_deal()
    match = match_in()
    found, text = over(match, [Move("leave")])
    assert len(match.common) < 2**13
    better = suits & ((ann > 45) | (bob > 40))
    assert (found.n_looked, found.n_deals) == (ann.size, ann.size) == (89_082, 89_082)
    assert (found.n_zone, found.n_better) == (int(np.count_nonzero(suits)), int(np.count_nonzero(better)))
    assert [one.most for one in found.scores] == [np.max(ann[suits]), np.max(bob[suits])]
    # Falling in Ann's points, what gives Bob more than all before it.
    best = {float(one): float(np.max(bob[suits & (ann == one)])) for one in np.unique(ann[suits])}
    front: list[tuple[float, float]] = []
    for one in sorted(best, reverse=True):
        if not front or best[one] > front[-1][1]:
            front.append((one, best[one]))
    assert found.n_frontier == len(front)
    assert {one.points for one in found.frontier} <= set(front)
    assert (found.frontier[0].points, found.frontier[-1].points) == (front[0], front[-1])
    assert f"Of 89,082 possible deals {found.n_zone:,} suit all who must agree." in text


def offered(deal: Options) -> list[Move]:
    """Ann has the first word of every other round, and offers a deal in the fifth."""
    return [*[Move("pass"), Move("refuse")] * 2, Move("offer", deal)]


@pytest.mark.parametrize(("price", "owner", "term"), [("60", "bob", "4"), ("100", "bob", "14"), ("80", "ann", "8")])
def test_a_deal_is_beside_all_outcomes_in_what_was_left_by_it(price: str, owner: str, term: str) -> None:
    deal = (("price", price), ("term", term), ("yield", "20"), ("owner", owner))
    found, _ = over(match_in(), offered(deal))
    held = [one.points for one in found.scores]
    assert found.agreed
    ann, bob, suits = every_deal()
    better = suits & (ann >= held[0]) & (bob >= held[1]) & ((ann > held[0]) | (bob > held[1]))
    assert found.n_better == np.count_nonzero(better)
    assert found.spare == np.max(ann[suits & (bob >= held[1])], initial=held[0]) - held[0]
    # Of those that leave nobody worse off, the one in which who gains least gains most.
    if np.any(better):
        least = np.minimum(ann - held[0], bob - held[1])[better]
        gains = np.subtract(found.better[0].points, held)
        assert np.min(gains) == pytest.approx(np.max(least))


def test_of_more_outcomes_than_can_be_listed_nothing_is_said_but_of_those_on_the_table() -> None:
    match = match_in(listed=False)
    found, text = over(match, [Move("leave")])
    assert not found.is_whole
    assert (found.n_looked, found.n_deals) == (len(match.common), 89_082)
    assert f"Of the {found.n_looked:,} deals that were on the table, out of 89,082 possible ones, " in text
    assert f"At least {found.n_better:,} deals were to be had" in text
    assert "could have got at most in one of the deals on the table that suits all who must agree" in text
    assert "Deals on the table that suit all who must agree and of which none is better" in text


def test_where_no_deal_on_the_table_suits_all_it_is_not_said_that_none_does() -> None:
    hard = WIDE.replace("no_deal: 45", "no_deal: 95").replace("no_deal: 40", "no_deal: 60")
    found, text = over(match_in(hard, listed=False), [Move("leave")])
    assert found.n_zone == 0
    assert "Whether any of the others would have is not known." in text
    assert "no deal was the best" not in text
    _, text = over(match_in(hard), [Move("leave")])
    assert "Of 89,082 possible deals 0 suit all who must agree. So there was nothing to be left" in text


def test_an_efficient_deal_of_a_sample_is_not_said_to_be_the_best_there_is() -> None:
    best = (("price", "10"), ("term", "0"), ("yield", "20"), ("owner", "bob"))
    found, text = over(match_in(listed=False), offered(best))
    assert found.agreed
    assert found.efficient
    assert "no deal on the table that suits all who must agree gives somebody more and nobody less" in text
    assert "on the frontier of the deals on the table" in text
    assert "The deal is on the frontier." not in text


def test_of_better_deals_that_give_everybody_the_same_one_is_told() -> None:
    # Nobody weighs who keeps the key, so that every point there is stands thrice.
    keyed = WIDE.replace(
        "options: [ann, bob]}", "options: [ann, bob]}\n  key: {title: Key, options: [red, blue, green]}"
    )
    found, _ = over(match_in(keyed), [Move("leave")])
    points = [one.points for one in found.better]
    assert found.n_deals == 3 * 89_082
    assert len(points) == len(set(points)) == 3
