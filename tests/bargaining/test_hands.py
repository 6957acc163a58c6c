"""A seat that is played from outside: the others, and the talks, go on as they would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.chairs import Chair
from negsim.bargaining.hands import HeldChair
from negsim.bargaining.play import Ended, play, play_out
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS
from negsim.bargaining.talk import Talk
from negsim.scenario.bargaining import PROTOCOLS
from tests.bargaining.recorder import Recorder
from tests.strategies_arenas import Bench, benches


class Follower:
    """A hand that does what the tactic of its seat would."""

    def offer(self, chair: HeldChair) -> int:
        level = np.full(1, chair.advice)
        point = chair.menu.pick(np.maximum(chair.units(level) - chair.seat.tactic.slack * 1e5, chair.floor))
        return int(chair.menu.deal_at(point)[0]) if point[0] >= 0 else -1

    def takes(self, chair: HeldChair, deal: int) -> bool:
        return bool(Chair.takes(chair, np.array([deal]), np.full(1, chair.advice))[0])

    def lets_pass(self, chair: HeldChair, old: int, new: int) -> bool:
        return bool(Chair.lets_pass(chair, np.array([old]), np.array([new]), np.full(1, chair.advice))[0])


@dataclass
class Scripted:
    """A hand that offers some deals, one after the other, and takes some; remembers what it was asked."""

    deals: list[int]
    takes_these: tuple[int, ...] = ()
    asked: list[tuple[str, int]] = field(default_factory=list)

    def offer(self, chair: HeldChair) -> int:
        deal = self.deals.pop(0) if self.deals else -1
        self.asked.append(("offer", deal))
        return deal

    def takes(self, chair: HeldChair, deal: int) -> bool:
        self.asked.append(("takes", deal))
        return deal in self.takes_these

    def lets_pass(self, chair: HeldChair, old: int, new: int) -> bool:
        self.asked.append(("lets_pass", new))
        return new in self.takes_these


def played(arena: Arena, seat: int, hand: Follower | Scripted) -> tuple[Recorder, Ended]:
    recorder = Recorder(1)
    return recorder, play_out(Talk(arena, listener=recorder.hear, hands={seat: hand}), recorder.learn)


@pytest.mark.parametrize("kind", PROTOCOLS)
def test_a_hand_that_follows_the_tactic_of_its_seat_changes_nothing_of_the_talks(kind: str) -> None:
    @settings(max_examples=60)
    @given(benches(kinds=(kind,), max_worlds=2, tempers=False), st.data())
    def check(bench: Bench, data: st.DataObject) -> None:
        arena = bench.arena.only(data.draw(st.integers(0, bench.arena.n_worlds - 1)))
        seat = data.draw(st.integers(0, len(arena.seats) - 1))
        alone = Recorder(1)
        ended = play(arena, (), alone.hear, alone.learn)
        held, end = played(arena, seat, Follower())
        if kind == "monotonic_concession" and end.stop[0] == Stop.STANDSTILL:
            # Whoever plays by hand concedes by what is offered, and a tactic by what it asks for: they end no later.
            assert held.events[0] == alone.events[0][: len(held.events[0])]
            return
        assert held.events == alone.events
        for name in ("stop", "deal", "round", "crossed"):
            assert getattr(end, name)[0] == getattr(ended, name)[0]
        for one, other in zip(held.beliefs.get(0, []), alone.beliefs.get(0, []), strict=True):
            assert [np.asarray(part).tolist() for part in one] == [np.asarray(part).tolist() for part in other]

    check()


COINS = np.arange(11, dtype=np.float32) * 1_000_000
"""Ten coins: deal k gives k to the first and the rest to the second, ten points a coin."""


def coins(kind: str, rounds: int = 4, exponent: float = 1.0) -> Arena:
    """Two split ten coins; the second concedes evenly from all of them to none, the first is played by hand."""
    parameter = {"exponent": np.array([exponent]), "start": np.ones(1)}
    numbers = np.random.default_rng(3).random((rounds + 1, 2, 1))
    return Arena(
        row=np.zeros(1, np.intp),
        seats=tuple(
            plain_seat(name, gain[None].copy(), TACTICS["time"], parameter, 1)
            for name, gain in (("ann", COINS), ("bob", COINS[::-1]))
        ),
        rules=Rules(kind=kind, rounds=rounds, learns=False),
        required=(0, 1),
        quorum=2,
        breaks_down=np.full(1, np.inf),
        drafts=lambda k: numbers[k],
        choices=np.arange(11)[:, None],
    )


def test_an_offer_is_taken_as_soon_as_the_tactic_of_the_other_side_would_take_it() -> None:
    # Bob asks for 1 - t of his hundred points; at t = 1/5 for 80, at t = 3/5 for 40: six of ten coins are Ann's.
    _, early = played(coins("alternating_offers"), 0, Scripted([6, 6]))
    assert (early.stop[0], early.deal[0], early.round[0]) == (Stop.AGREED, 6, 2)
    _, late = played(coins("alternating_offers"), 0, Scripted([7, 7]))
    assert late.stop[0] == Stop.DEADLINE


def test_a_hand_is_asked_nothing_more_once_it_has_agreed() -> None:
    # In the second round Bob offers what leaves him 60 points: 4 coins to Ann.
    hand = Scripted([9, 9], takes_these=(4,))
    _, ended = played(coins("alternating_offers"), 0, hand)
    assert (ended.stop[0], ended.deal[0]) == (Stop.AGREED, 4)
    assert hand.asked == [("offer", 9), ("takes", 4)]


def test_with_stacked_offers_a_hand_that_accepts_is_not_asked_for_an_offer_of_its_own() -> None:
    hand = Scripted([9], takes_these=(2,))
    _, ended = played(coins("stacked_alternating_offers"), 0, hand)
    assert (ended.stop[0], ended.deal[0]) == (Stop.AGREED, 2)
    assert hand.asked == [("offer", 9), ("takes", 2)]


def test_a_hand_may_offer_nothing_and_talks_go_on() -> None:
    hand = Scripted([], takes_these=(4,))
    recorder, ended = played(coins("alternating_offers"), 0, hand)
    assert (ended.stop[0], ended.deal[0]) == (Stop.AGREED, 4)
    assert [event[:3] for event in recorder.events[0]] == [(1, 1, 4)]


def test_under_monotonic_concession_a_hand_that_stays_with_its_offer_does_not_concede() -> None:
    # Bob concedes in every round but the first, in which whoever opens does; only both together could stand still.
    hand = Scripted([9, 9, 9, 9])
    _, ended = played(coins("monotonic_concession"), 0, hand)
    assert ended.stop[0] == Stop.DEADLINE
    both = coins("monotonic_concession")
    stubborn = Scripted([9, 9])
    held = {"level": np.ones(1)}
    seats = (both.seats[0], plain_seat("bob", COINS[::-1][None].copy(), TACTICS["holdout"], held, 1))
    arena = Arena(**{name: getattr(both, name) for name in both.__dataclass_fields__} | {"seats": seats})
    _, stood = played(arena, 0, stubborn)
    assert (stood.stop[0], stood.round[0]) == (Stop.STANDSTILL, 1)


def test_a_hand_lets_drafts_of_a_single_text_pass_or_holds_them_up() -> None:
    for passes, asked_last in ((tuple(range(11)), True), ((), False)):
        hand = Scripted([], takes_these=passes)
        _, ended = played(coins("single_text"), 0, hand)
        kinds = [kind for kind, _ in hand.asked]
        assert kinds == ["lets_pass"] * 3 + ["takes"]
        assert bool(ended.stop[0] == Stop.AGREED) is asked_last


def test_the_last_offer_counts_where_the_hand_is_asked_by_monotonic_concession_though_it_offered_nothing() -> None:
    hand = Scripted([], takes_these=(2,))
    _, ended = played(coins("monotonic_concession"), 0, hand)
    assert (ended.stop[0], ended.deal[0]) == (Stop.AGREED, 2)


def test_under_monotonic_concession_a_hand_whose_offer_is_taken_is_not_asked_about_the_other_s() -> None:
    # Bob asks for 80 points, which two coins to Ann leave him.
    hand = Scripted([2], takes_these=tuple(range(11)))
    _, ended = played(coins("monotonic_concession"), 0, hand)
    assert (ended.stop[0], ended.deal[0]) == (Stop.AGREED, 2)
    assert hand.asked == [("offer", 2)]


def test_with_stacked_offers_under_a_quorum_a_hand_that_refuses_offers_nothing_while_the_offer_can_still_pass() -> None:
    # Cleo gets what Bob gets: her word is enough for Ann's offer to pass, so that Bob's no does not end it.
    two = coins("stacked_alternating_offers", rounds=1)
    parameter = {"exponent": np.ones(1), "start": np.ones(1)}
    ann = plain_seat("ann", COINS[None].copy(), TACTICS["time"], parameter, 1)
    cleo = plain_seat("cleo", COINS[::-1][None].copy(), TACTICS["time"], parameter, 1)
    hand = Scripted([9])
    arena = replace(two, seats=(ann, two.seats[1], cleo), required=(), quorum=2, drafts=None)
    recorder, _ = played(arena, 1, hand)
    offered = recorder.events[0][0][2]
    assert hand.asked[0] == ("takes", offered)
    assert ("offer", 9) not in hand.asked
