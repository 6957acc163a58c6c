"""Hints: each is given where it should be, and none knows anybody else's cards."""

from __future__ import annotations

from dataclasses import replace

from negsim.scenario import loads
from negsim.scenario.quantities import Constant
from negsim.teaching.game import fixed_game
from negsim.teaching.playing.hints import Hint, hints_on_offer, hints_on_question
from negsim.teaching.playing.match import Match, make_match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.own import own_view
from negsim.teaching.playing.session import state_after
from tests.teaching.playing.games import SALE, match_of, mill


def asked(match: Match, moves: list[Move]) -> dict[str, Hint]:
    return {hint.kind: hint for hint in hints_on_question(own_view(match), state_after(match, moves))}


def on_offer(match: Match, moves: list[Move], **options: str) -> dict[str, Hint]:
    found = hints_on_offer(own_view(match), state_after(match, moves), tuple(options.items()))
    return {hint.kind: hint for hint in found}


def price(level: str) -> Move:
    return Move("offer", (("price", level),))


BUYER, SELLER = (match_of(loads(SALE), party) for party in ("buyer", "seller"))
EASY = match_of(loads(SALE.replace("{price: 10}, no_deal: 40", "{price: 10}, no_deal: 10")), "seller")
"""A seller who would sell at 1 euro. The buyer offers 1 and then 3: at 88 and 64 points asked."""


def test_an_offer_below_the_own_walk_away_value_is_to_be_refused() -> None:
    # The seller asks in round 2 for 40 + 60 · 3/5 = 76 points: 8 euros, 20 points to the buyer, who has 40 without.
    found = asked(BUYER, [Move("pass")])
    assert found["refuse_this"] == Hint("refuse_this", party="seller", points=-20.0)


def test_an_offer_as_good_as_the_last_own_one_is_remarked_on() -> None:
    assert asked(EASY, [Move("refuse"), price("3")])["as_good_as_yours"] == Hint(
        "as_good_as_yours", "buyer", points=30.0
    )
    assert "as_good_as_yours" not in asked(EASY, [Move("refuse"), price("4")])


def test_time_is_remarked_on_as_it_runs_out() -> None:
    moves = [Move("pass"), Move("refuse")]
    assert "next_to_last" in asked(BUYER, moves)
    assert "final" in asked(BUYER, [*moves, Move("pass")])
    assert "last_round" in asked(SELLER, [Move("refuse"), Move("pass"), Move("refuse")])


def test_what_the_adviser_would_ask_for_is_in_the_own_points() -> None:
    # 40 + 60 · 4/5.
    assert round(asked(BUYER, [])["adviser_asks"].points, 2) == 88.0


def test_an_offer_worse_for_oneself_than_one_of_the_others_is_remarked_on() -> None:
    moves = [Move("refuse"), Move("pass"), Move("refuse")]
    assert on_offer(EASY, moves, price="2")["less_than_offered"] == Hint("less_than_offered", "buyer", points=10.0)
    assert "less_than_offered" not in on_offer(EASY, moves, price="4")


def test_an_offer_that_crosses_a_stated_line_of_another_is_remarked_on_real_or_not() -> None:
    for firm in ("hard", "0"):
        found = on_offer(match_of(mill(firm=firm), "ann"), [], price="50", repairs="bob", pledge="land")
        assert found["crosses_stated"] == Hint("crosses_stated", party="bob", other="land")


def test_an_offer_that_meets_less_of_what_another_demands_than_one_it_refused_is_remarked_on() -> None:
    match = match_of(mill(), "ann")
    moves = [Move("offer", (("price", "0"), ("repairs", "ann"), ("pledge", "irrelevant"))), Move("refuse")]
    assert on_offer(match, moves, price="30", repairs="bob", pledge="word")["offered_more_before"].party == "bob"
    assert "offered_more_before" not in on_offer(match, moves, price="30", repairs="ann", pledge="irrelevant")


def test_an_issue_that_another_wants_and_that_costs_oneself_little_is_to_be_traded() -> None:
    match = match_of(mill(), "ann")
    # Bob's last offer asks for the repairs by Ann; they are 20 of Ann's points, and the price is 60.
    first = Move("offer", (("price", "10"), ("repairs", "ann"), ("pledge", "irrelevant")))
    question = state_after(match, [first]).question
    assert question is not None
    level = dict(question.options)["price"]
    moves = [
        first,
        Move("refuse"),
        Move("offer", (("price", level), ("repairs", "bob"), ("pledge", "word"))),
        Move("refuse"),
    ]
    found = asked(match, moves)
    assert found["trade"] == Hint("trade", party="bob", issue="repairs", other="price")


def test_who_stands_still_is_told_so() -> None:
    match = match_of(loads(SALE.replace("rounds: 4", "rounds: 12")), "buyer")
    moves = [price("0"), Move("refuse")] * 3
    assert "stands_still" in asked(match, moves)
    assert "stands_still" not in asked(match, moves[:4])


def test_nothing_is_remarked_on_once_talks_are_over() -> None:
    assert asked(BUYER, [Move("leave")]) == {}


def test_hints_are_the_same_whatever_the_others_have_on_their_cards() -> None:
    game = fixed_game(mill())
    ann, bob = game.scenario.parties
    cards = replace(bob, no_deal=Constant(55.0))
    other = replace(game, scenario=replace(game.scenario, parties=(ann, cards)))
    offer = (("price", "20"), ("repairs", "bob"), ("pledge", "word"))
    one, two = (make_match(each, "ann") for each in (game, other))
    # The state is the same for both, though the others would answer otherwise.
    state = state_after(one, [])
    assert hints_on_question(own_view(one), state) == hints_on_question(own_view(two), state)
    assert hints_on_offer(own_view(one), state, offer) == hints_on_offer(own_view(two), state, offer)
