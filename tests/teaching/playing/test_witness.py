"""What is said at the table: reasons for refusals, from what is stated, and nothing that is hidden."""

from __future__ import annotations

import re

import pytest

from negsim.scenario import loads
from negsim.teaching.game import fixed_game
from negsim.teaching.playing.match import make_match
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.session import play_moves, state_after
from tests.teaching.playing.games import HARBOUR, match_of, mill


def offer(**options: str) -> Move:
    return Move("offer", tuple(options.items()))


LAND = offer(price="50", repairs="bob", pledge="land")
CHEAP = offer(price="10", repairs="ann", pledge="irrelevant")


@pytest.mark.parametrize("firm", ["hard", "0"])
def test_a_party_points_to_its_stated_red_line_whether_it_is_real_or_a_bluff(firm: str) -> None:
    said = state_after(match_of(mill(firm=firm), "ann"), [LAND]).said[0]
    (reply,) = said.replies
    assert (reply.party, reply.accepted, reply.lines, reply.wants) == ("bob", False, ("land",), "")


def test_without_a_line_in_the_way_a_party_names_the_issue_that_costs_it_most() -> None:
    # Bob has 7 points of 70 for the price, and 20 of 20 for the repairs.
    (reply,) = state_after(match_of(mill(), "ann"), [CHEAP]).said[0].replies
    assert (reply.lines, reply.wants) == ((), "price")


def test_later_it_names_what_an_offer_lacks_beside_its_own_last_one() -> None:
    match = match_of(mill(), "ann")
    state = state_after(match, [CHEAP])
    assert state.question is not None
    # Bob's own offer, but for the repairs, which nobody demands of Ann more dearly than the price.
    theirs = dict(state.question.options)
    again = offer(price=theirs["price"], repairs="bob", pledge="word")
    said = state_after(match, [CHEAP, Move("refuse"), again]).said
    assert theirs["repairs"] == "ann"
    assert [reply.wants for reply in said[-1].replies] == ["repairs"]


def test_of_three_each_answers_for_itself_and_who_consents_elsewhere_says_no_too() -> None:
    match = match_of(loads(HARBOUR), "city")
    state = state_after(match, [offer(size="10", fund="large")])
    replies = {reply.party: reply for reply in state.said[0].replies}
    # The state loses all that it weighs where the fund is large; it does not sit at the table.
    assert replies["state"].away
    assert not replies["state"].accepted
    assert set(replies) == {"fishers", "port", "state"}
    small = state_after(match, [offer(size="10", fund="small")])
    assert {reply.party for reply in small.said[0].replies} == {"fishers", "port"}


def test_what_the_others_are_thought_to_mean_comes_from_the_scenario_and_not_from_the_game() -> None:
    scenario = mill(firm="0.25")
    for seed in range(8):
        match = match_of(scenario, "bob", seed=seed)
        seat = match.set_table().arena.seats[match.place]
        assert seat.firmness.tolist() == [0.25]
        assert bool(seat.real[0, 0]) is (match.party.red_lines[0].firmness is None)


@pytest.mark.parametrize(("firm", "thought"), [("hard", 1.0), ("0", 0.5)])
def test_of_a_game_nobody_can_tell_which_lines_are_bluffs_but_by_how_many_are(firm: str, thought: float) -> None:
    # Ann's one line is real. If Bob's is too, all are; otherwise each is as likely real as not.
    game = fixed_game(mill(firm=firm))
    for party in ("ann", "bob"):
        setup = make_match(game, party).set_table()
        assert [seat.firmness.tolist() for seat in setup.arena.seats] == [[thought], [thought]]


def test_nothing_that_is_said_holds_a_number_of_points() -> None:
    played = play_moves(match_of(mill(), "ann"), [CHEAP, Move("refuse"), LAND, Move("refuse"), CHEAP])
    titles = {
        "10",
        "50",
        *(option for issue in played.setup.table.compiled.scenario.issues for option in issue.options),
    }
    told = re.findall(r"\d+", repr([said.replies for said in played.state.said]))
    assert set(told) <= titles
