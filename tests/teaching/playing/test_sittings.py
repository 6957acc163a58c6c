"""A match by a calendar: when sessions are held, what happens in between, and what that moves."""

from __future__ import annotations

import datetime as dt

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario, loads
from negsim.scenario.bargaining import Protocol
from negsim.teaching.playing.debrief import debrief
from negsim.teaching.playing.moves import Move
from negsim.teaching.playing.own import own_view
from negsim.teaching.playing.peers import play_peers
from negsim.teaching.playing.session import state_after
from negsim.teaching.playing.sittings import plain_sittings, sittings_of
from tests.teaching.playing.games import SALE, match_of, play_out, stubborn

CALENDAR = (
    SALE.replace("protocol: {rounds: 4}", "protocol: {rounds: 2}")
    + """\
talks:
  start: 2026-01-01
  horizon: 2026-04-30
  now: 2026-01-20
  sessions:
    past: {date: 2026-01-15}
    aside: {date: 2026-02-01, agenda: [price]}
    first: {title: First round, date: 2026-02-10, venue: Geneva}
    later: {every: 30, from: 2026-03-01, until: 2026-04-10, exchanges: 1}
  events:
    old: {title: Too old to tell, date: 2026-01-10}
    rumour: {title: A rumour, every: 5, from: 2026-01-25, until: 2026-02-05}
    strike:
      title: A strike
      date: 2026-02-20
      effects:
        buyer: {path: parties.buyer.no_deal, add: 13}
        seller: {path: parties.seller.no_deal, add: -20}
    thaw: {title: A thaw, date: 2026-03-15, effects: {back: {path: parties.buyer.no_deal, add: -5}}}
  observed: {broke_off: {session: past}}
"""
)


def calendar(text: str = CALENDAR) -> Scenario:
    return loads(text)


def test_sessions_to_come_are_played_with_their_days_and_rounds_and_past_ones_are_not() -> None:
    match = match_of(calendar(), "buyer")
    assert [(one.day, one.n_rounds, one.title, one.venue) for one in match.sittings] == [
        (dt.date(2026, 2, 10), 2, "First round", "Geneva"),
        (dt.date(2026, 3, 1), 1, "later", ""),
        (dt.date(2026, 3, 31), 1, "later", ""),
    ]
    assert (match.n_rounds, match.begins) == (4, (0, 2, 3))
    assert [match.session_of(number) for number in range(4)] == [0, 0, 1, 2]


def test_what_happened_is_told_before_the_session_after_it_and_summed_up() -> None:
    first, second, third = match_of(calendar(), "buyer").sittings
    # 25 and 30 January, 4 February.
    assert [(one.title, one.times, one.first, one.last) for one in first.news] == [
        ("A rumour", 3, dt.date(2026, 1, 25), dt.date(2026, 2, 4))
    ]
    assert [(one.title, one.times) for one in second.news] == [("A strike", 1)]
    assert [(one.title, one.times) for one in third.news] == [("A thaw", 1)]


def test_events_move_what_no_deal_is_worth_and_with_it_who_accepts_what() -> None:
    match = match_of(calendar(), "buyer")
    assert [dict(one.moved) for one in match.sittings] == [
        {"buyer": 0, "seller": 0},
        {"buyer": 13, "seller": -20},
        {"buyer": 8, "seller": -20},
    ]
    assert [own_view(match, k).no_deal for k in range(3)] == [40.0, 53.0, 48.0]
    # The seller asks in the last round but one for 20 + 80 · 2/5 = 52 points of ten a euro; before the strike it would
    # have asked for 64.
    passes = [Move("pass"), Move("refuse")]
    assert state_after(match, [*passes, Move("offer", (("price", "5"),))]).ending is None
    agreed = state_after(match, [*passes, Move("offer", (("price", "6"),))]).ending
    assert agreed is not None
    assert (agreed.stop, agreed.session, agreed.round) == ("agreed", 2, 3)
    found = debrief(match, [*passes, Move("offer", (("price", "6"),))], n_peers=0)
    assert [(one.points, one.no_deal) for one in found.scores] == [(40.0, 53.0), (60.0, 20.0)]
    # Whoever waits ends with the walk-away value of the last day; 2 to 5 euros then suit both.
    moves, state = play_out(match, stubborn)
    assert state.ending is not None
    assert state.ending.stop == Stop.DEADLINE.word
    late = debrief(match, moves, n_peers=0)
    assert [one.no_deal for one in late.scores] == [48.0, 20.0]
    assert late.n_zone == 4


def test_time_is_shared_by_the_rounds_of_all_sessions() -> None:
    setups = match_of(calendar(), "buyer").set_tables()
    assert {setup.arena.rules.times for setup in setups} == {(0.2, 0.4, 0.6, 0.8)}
    assert setups[0] is not setups[1]


def test_peers_sit_through_the_same_sessions() -> None:
    found = play_peers(match_of(calendar(), "buyer"), 100)
    # Nobody gains more than at 2 euros against 40, 53 or 48 points.
    assert 0 <= min(found.gains) <= max(found.gains) <= 60


def test_sessions_at_which_sides_speak_past_each_other_are_lost_and_said_to_be() -> None:
    text = CALENDAR.replace("first: {title: First round,", "first: {title: First round, mismatch: 1,")
    first, _ = match_of(calendar(text), "buyer").sittings
    assert (first.day, first.lost) == (dt.date(2026, 3, 1), (dt.date(2026, 2, 10),))


def test_the_seed_says_what_history_it_is() -> None:
    text = CALENDAR.replace(
        "strike:\n      title: A strike\n      date: 2026-02-20", "strike:\n      title: A strike\n      rate: 0.1"
    )
    histories = [sittings_of(calendar(text), seed) for seed in (0, 0, 1)]
    assert histories[0] == histories[1] != histories[2]


def test_a_match_without_a_calendar_has_the_sessions_of_its_protocol() -> None:
    scenario = loads(SALE)
    assert sittings_of(scenario, 0) == ()
    assert match_of(scenario, "buyer").sittings == plain_sittings(scenario.protocol or Protocol())


def test_of_a_calendar_whose_sessions_are_all_over_the_protocol_is_left() -> None:
    only_past = "\n".join(
        line for line in CALENDAR.splitlines() if not line.strip().startswith(("first:", "later:", "aside:"))
    )
    match = match_of(calendar(only_past + "\n"), "buyer")
    assert not match.has_calendar
    assert match.n_rounds == 2


def test_under_one_offer_to_take_or_leave_each_session_has_one_round() -> None:
    text = CALENDAR.replace("protocol: {rounds: 2}", "protocol: {kind: take_it_or_leave_it}")
    assert [one.n_rounds for one in match_of(calendar(text), "buyer").sittings] == [1, 1, 1]


def test_partial_agreements_and_counsel_are_not_told() -> None:
    text = CALENDAR.replace(
        "  observed:",
        "  partial_agreements:\n    small: {issue: price, to: '5', instead_of: '0', sessions: [aside], chance: 1}\n  observed:",
    )
    first = match_of(calendar(text), "buyer").sittings[0]
    assert [one.title for one in first.news] == ["A rumour"]
