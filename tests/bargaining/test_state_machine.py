"""Talks driven by hand, in any order of rounds, sessions, breakdowns and walk-outs: what ended stays ended."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from negsim.bargaining.protocols import PROTOCOLS
from negsim.bargaining.stops import Stop
from negsim.bargaining.talk import Talk
from tests.strategies_arenas import Bench, benches

Ends = dict[int, tuple[int, int, int]]


class Talks(RuleBasedStateMachine):
    """Drives what `play` drives, though not always in its order."""

    talk: Talk

    @initialize(bench=benches(max_worlds=6))
    def sit_down(self, bench: Bench) -> None:
        self.arena = bench.arena
        self.talk = Talk(bench.arena, bench.tempers)
        self.played = 0
        self.ended: Ends = {}

    def _may_go_on(self) -> bool:
        return not self.talk.is_over and self.played < self.arena.rules.n_rounds

    @precondition(_may_go_on)
    @rule()
    def play_a_round(self) -> None:
        self.talk.round = self.played
        PROTOCOLS[self.arena.rules.kind](self.talk)
        self.talk.end_round()
        self.played += 1

    @precondition(_may_go_on)
    @rule(may_leave=st.booleans())
    def close_a_session_and_open_the_next(self, may_leave: bool) -> None:
        self.talk.learn()
        if may_leave:
            self.talk.let_leave()
        self.talk.round = self.played
        self.talk.open_session()

    @precondition(_may_go_on)
    @rule(data=st.data(), stop=st.sampled_from([Stop.BREAKDOWN, Stop.WALK_OUT]))
    def end_some(self, data: st.DataObject, stop: Stop) -> None:
        n = len(self.talk.going)
        where = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
        expected = [int(world) for world, ends in zip(self.talk.world, where & self.talk.going, strict=True) if ends]
        self.talk.end(where, stop)
        assert all(self.talk.stop[world] == stop for world in expected)

    @precondition(lambda self: not self._may_go_on())
    @rule()
    def run_out_of_time(self) -> None:
        self.talk.end(np.ones(len(self.talk.going), np.bool_), Stop.DEADLINE)
        assert self.talk.is_over

    @invariant()
    def what_ended_stays_as_it_ended(self) -> None:
        talk = self.talk
        for world, end in self.ended.items():
            assert (talk.stop[world], talk.deal[world], talk.ended[world]) == end
        self.ended = {
            world: (int(talk.stop[world]), int(talk.deal[world]), int(talk.ended[world]))
            for world in np.flatnonzero(talk.stop != Stop.OPEN).tolist()
        }

    @invariant()
    def who_talks_is_who_has_not_ended(self) -> None:
        talk = self.talk
        going = np.zeros(len(talk.stop), np.bool_)
        going[talk.world] = talk.going
        assert np.array_equal(going, talk.stop == Stop.OPEN)
        assert talk.is_over == (not np.any(talk.stop == Stop.OPEN))

    @invariant()
    def a_deal_is_set_where_and_only_where_it_was_agreed(self) -> None:
        talk = self.talk
        assert np.array_equal(talk.deal >= 0, talk.stop == Stop.AGREED)
        for world in np.flatnonzero(talk.stop == Stop.AGREED).tolist():
            row, deal = self.arena.row[world], talk.deal[world]
            for k in self.arena.required:
                assert self.arena.seats[k].gain[row, deal] >= 0
                assert self.arena.seats[k].serious[world]
            assert self.arena.open is None or self.arena.open[row, deal]

    @invariant()
    def nothing_ends_after_the_round_that_it_is_or_after_the_deadline(self) -> None:
        over = self.talk.stop != Stop.OPEN
        assert np.all(self.talk.ended[over] <= self.talk.round)
        assert self.talk.round < self.arena.rules.n_rounds
        assert self.played <= self.arena.rules.n_rounds

    @invariant()
    def all_arrays_are_over_the_worlds_that_are_kept(self) -> None:
        n = len(self.talk.world)
        assert len(set(self.talk.world.tolist())) == n
        assert self.talk.row.tolist() == self.arena.row[self.talk.world].tolist()
        assert self.talk.breaks_down.tolist() == self.arena.breaks_down[self.talk.world].tolist()
        for k, chair in enumerate(self.talk.chairs):
            seat = self.arena.seats[k]
            assert chair.seat.serious.tolist() == seat.serious[self.talk.world].tolist()
            assert len(chair.level) == len(chair.offer) == len(chair.menu.row) == n
        for believed in self.talk.beliefs:
            assert len(believed.weight) == n
            assert np.allclose(np.sum(believed.weight, axis=1), 1)
            assert np.all((believed.real >= 0) & (believed.real <= 1))
            assert np.all((believed.serious >= 0) & (believed.serious <= 1))


TestTalks = Talks.TestCase
TestTalks.settings = settings(max_examples=80, stateful_step_count=12)
