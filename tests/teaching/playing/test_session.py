"""The state of a match: made again from its moves, and the others play as the engine of bargaining lets them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.bargaining import Step, Trace, trace_talks
from negsim.errors import UsageError
from negsim.scenario import loads
from negsim.scenario.bargaining import PROTOCOLS
from negsim.teaching.game import fixed_game
from negsim.teaching.playing.match import Match, make_match
from negsim.teaching.playing.moves import KINDS, Move, move_data, read_move
from negsim.teaching.playing.session import FITTING, IllegalMoveError, play_moves, state_after
from tests.teaching.playing.games import HARBOUR, SALE, all_deals, conceder, match_of, mill, play_out, stubborn

DEALS = tuple(all_deals(match_of(mill(), "ann")))


def moves_of_trace(trace: Trace, party: str) -> list[Move]:
    """What one party does in a trace of `negsim bargain`, as the moves of a person in its seat."""
    moves = []
    for step in trace.steps:
        if not isinstance(step, Step):
            continue
        if step.speaker == party:
            moves.append(Move("offer", step.options))
        moves += [Move("accept" if one.accepted else "refuse") for one in step.answers if one.party == party]
    return moves


@pytest.mark.parametrize("party", ["ann", "bob"])
@pytest.mark.parametrize("kind", ["alternating_offers", "take_it_or_leave_it", "single_text"])
@pytest.mark.parametrize("sessions", [1, 3])
def test_whoever_does_what_the_tactic_of_the_seat_does_gets_the_talks_of_negsim_bargain(
    kind: str, sessions: int, party: str
) -> None:
    game = fixed_game(mill(kind, sessions=sessions))
    trace = trace_talks(game.scenario)
    match = make_match(game, party)
    moves = moves_of_trace(trace, party)
    played = play_moves(match, moves)
    assert played.writer.steps == list(trace.steps)
    assert played.state.ending is not None
    assert (played.state.ending.stop, played.state.ending.round) == (trace.stop, trace.round)
    assert played.state.ending.deal == trace.deal
    heard = [(one.round, one.speaker, one.options) for one in played.state.said]
    assert heard == [(one.round, one.speaker, one.options) for one in trace.steps if isinstance(one, Step)]
    replies = [[(one.party, one.accepted) for one in said.replies] for said in played.state.said]
    assert replies == [
        [(one.party, one.accepted) for one in step.answers] for step in trace.steps if isinstance(step, Step)
    ]


def test_of_three_with_a_quorum_the_talks_are_those_of_negsim_bargain_too() -> None:
    game = fixed_game(loads(HARBOUR))
    trace = trace_talks(game.scenario)
    for party in ("city", "fishers", "port"):
        played = play_moves(make_match(game, party), moves_of_trace(trace, party))
        assert played.writer.steps == list(trace.steps)
        assert played.state.ending is not None
        assert played.state.ending.deal == trace.deal


@pytest.mark.parametrize("kind", PROTOCOLS)
def test_a_match_can_be_played_to_its_end_under_every_protocol(kind: str) -> None:
    for player in (conceder, stubborn):
        match = match_of(mill(kind, sessions=2), "ann")
        moves, state = play_out(match, player)
        assert state.ending is not None
        assert state_after(match, moves) == state


@st.composite
def logs(draw: st.DrawFn) -> tuple[Match, list[Move]]:
    """A match, and the moves of somebody who does whatever is allowed."""
    kind = draw(st.sampled_from(PROTOCOLS))
    match = match_of(mill(kind, sessions=2, firm="0.4..0.8"), draw(st.sampled_from(["ann", "bob"])))
    moves: list[Move] = []
    for _ in range(draw(st.integers(0, 8))):
        question = state_after(match, moves).question
        if question is None:
            break
        name = draw(st.sampled_from(FITTING[question.kind if question.kind != "final" else "answer"]))
        move = Move(name, draw(st.sampled_from(DEALS)) if name == "offer" else ())
        try:
            state_after(match, [*moves, move])
        except IllegalMoveError:
            assert kind == "monotonic_concession"
            continue
        moves.append(move)
    return match, moves


@settings(max_examples=60, deadline=None)
@given(logs())
def test_a_log_gives_the_same_state_whenever_it_is_played_and_what_was_said_stays_said(
    drawn: tuple[Match, list[Move]],
) -> None:
    match, moves = drawn
    whole = state_after(match, moves)
    assert state_after(match, [read_move(move_data(move)) for move in moves]) == whole
    for n in range(len(moves)):
        before = state_after(match, moves[:n])
        assert before.question is not None
        assert whole.said[: len(before.said)] == before.said


def test_the_first_offer_of_the_other_is_what_its_tactic_offers_whatever_the_person_does() -> None:
    match = match_of(loads(SALE), "seller")
    question = state_after(match, []).question
    # The buyer asks for 40 + 60 · 4/5 = 88 points, so that it offers 1 euro: 90 of its points.
    assert question is not None
    assert (question.kind, question.speaker, dict(question.options)) == ("answer", "buyer", {"price": "1"})
    # The person's own tactic would ask for as much, beyond the 40 points without a deal.
    assert question.advice == pytest.approx(48.0)


@pytest.mark.parametrize(("price", "taken"), [("6", False), ("7", True)])
def test_the_other_takes_exactly_what_its_tactic_would(price: str, taken: bool) -> None:
    match = match_of(loads(SALE), "buyer")
    # In the third round the seller, who has 10 points a euro, asks for 40 + 60 · 2/5 = 64 points.
    offer = Move("offer", (("price", price),))
    ending = state_after(match, [Move("pass"), Move("refuse"), offer]).ending
    assert (ending is not None and ending.stop == "agreed") is taken


def test_a_person_who_is_needed_ends_the_talks_by_leaving_them() -> None:
    ending = state_after(match_of(loads(SALE), "buyer"), [Move("leave")]).ending
    assert ending is not None
    assert (ending.stop, ending.left, ending.deal) == ("walk_out", ("buyer",), ())


def test_under_a_quorum_the_others_go_on_without_a_person_who_leaves() -> None:
    match = match_of(loads(HARBOUR), "port")
    ending = state_after(match, [Move("leave")]).ending
    assert ending is not None
    assert ending.left == ()
    assert ending.stop in ("agreed", "deadline", "red_line")


def test_a_move_that_does_not_answer_what_is_asked_is_refused_by_its_number() -> None:
    match = match_of(loads(SALE), "buyer")
    with pytest.raises(IllegalMoveError, match="move 1 is accept, where one of offer, pass, leave is due"):
        state_after(match, [Move("accept")])
    with pytest.raises(IllegalMoveError, match="1 moves were made after the end"):
        state_after(match, [Move("leave"), Move("pass")])


def test_under_monotonic_concession_a_person_may_not_ask_for_more_than_before() -> None:
    match = match_of(mill("monotonic_concession"), "ann")
    by_worth = sorted(DEALS, key=lambda deal: _worth(match, deal))
    with pytest.raises(IllegalMoveError, match="nobody asks for more than before"):
        state_after(match, [Move("offer", by_worth[-3]), Move("refuse"), Move("offer", by_worth[-1])])


def _worth(match: Match, deal: tuple[tuple[str, str], ...]) -> float:
    setup = match.set_table()
    points = match.points_of(setup, match.order[match.place], setup.table.deals)
    return float(points[all_deals(match).index(deal)])


@pytest.mark.parametrize(
    "options",
    [
        {"price": "50", "repairs": "ann"},  # an issue is missing
        {"price": "50", "repairs": "ann", "pledge": "land"},  # one that does not arise
        {"price": "0", "repairs": "bob", "pledge": "word"},  # against the rules
        {"price": "55", "repairs": "ann", "pledge": "irrelevant"},  # no such level
    ],
)
def test_a_log_with_what_is_no_deal_is_refused(options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match=r"is no (possible )?deal of mill"):
        state_after(match_of(mill(), "ann"), [Move("offer", tuple(options.items()))])


@pytest.mark.parametrize("data", [None, [], {"move": "dance"}, {"move": "offer", "deal": {"price": 3}}, {"deal": {}}])
def test_what_is_no_move_is_refused(data: object) -> None:
    with pytest.raises(UsageError, match="is no"):
        read_move(data)


def test_every_kind_of_move_is_read_as_it_was_written() -> None:
    for kind in KINDS:
        move = Move(kind, DEALS[3] if kind == "offer" else ())
        assert read_move(move_data(move)) == move


def test_whoever_left_is_asked_nothing_more_under_a_quorum_and_a_single_text() -> None:
    text = HARBOUR.replace("protocol: {rounds: 6}", "protocol: {kind: single_text, rounds: 6}")
    state = state_after(match_of(loads(text), "port"), [Move("leave")])
    assert state.question is None
    own = [reply.accepted for said in state.said for reply in said.replies if reply.party == "port"]
    assert own
    assert not any(own)
