"""Talks session by session: as in one go; worlds that sit out, or whose session is taken back; what a calendar asks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Rules, plain_seat
from negsim.bargaining.play import Ended, play, play_session
from negsim.bargaining.stops import Stop
from negsim.bargaining.tactics import TACTICS, Moment, Stance, Tactic
from negsim.bargaining.talk import Talk
from negsim.scenario.bargaining import PROTOCOLS
from tests.bargaining.recorder import Recorder
from tests.strategies_arenas import Bench, benches

Mask = NDArray[np.bool_]


def close(talk: Talk) -> Ended:
    talk.end(talk.going, Stop.DEADLINE, between=True)
    return Ended(talk.stop, talk.deal, talk.ended, talk.crossed)


def learn_and_leave(talk: Talk, session: int) -> None:
    rules = talk.arena.rules
    if rules.learns:
        talk.learn()
    if session < rules.sessions - 1:
        talk.let_leave()


def over_live(arena: Arena, talk: Talk) -> Arena:
    """The table over the worlds alone that are still in the arrays."""
    return replace(
        arena,
        row=arena.row[talk.world],
        breaks_down=arena.breaks_down[talk.world],
        seats=tuple(seat.among(talk.world) for seat in arena.seats),
    )


def in_sessions(bench: Bench, recorder: Recorder, *, keeps_ended: bool, live: bool) -> Ended:
    """Play session by session, sitting down at the same table each time."""
    arena = bench.arena
    talk = Talk(arena, bench.tempers, recorder.hear, keeps_ended=keeps_ended)
    for session in range(arena.rules.sessions):
        if session:
            talk.reseat(over_live(arena, talk) if live else arena)
        play_session(talk, arena.rules.rounds)
        assert talk.round == (session + 1) * arena.rules.rounds
        learn_and_leave(talk, session)
        talk.drop_ended()
    return close(talk)


@pytest.mark.parametrize("kind", PROTOCOLS)
@pytest.mark.parametrize("learns", [True, False])
def test_session_by_session_at_the_same_table_talks_go_as_in_one_go(kind: str, learns: bool) -> None:
    @settings(max_examples=25)
    @given(benches(kinds=(kind,), learns=learns, max_worlds=5), st.booleans(), st.booleans())
    def check(bench: Bench, keeps_ended: bool, live: bool) -> None:
        one, other = (Recorder(bench.arena.n_worlds) for _ in range(2))
        ended = play(bench.arena, bench.tempers, one.hear)
        again = in_sessions(bench, other, keeps_ended=keeps_ended, live=live)
        assert one.events == other.events
        for name in ("stop", "deal", "round", "crossed"):
            assert getattr(ended, name).tolist() == getattr(again, name).tolist()

    check()


@given(benches())
@settings(max_examples=40)
def test_times_that_are_spread_evenly_change_nothing(bench: Bench) -> None:
    rules = bench.arena.rules
    times = tuple((k + 1) / (rules.n_rounds + 1) for k in range(rules.n_rounds))
    ended = play(bench.arena, bench.tempers)
    timed = play(replace(bench.arena, rules=replace(rules, times=times)), bench.tempers)
    for name in ("stop", "deal", "round", "crossed"):
        assert getattr(ended, name).tolist() == getattr(timed, name).tolist()


def levels(talk: Talk, where: Mask) -> list[Any]:
    """All that is held of some worlds, but for worlds that ended: what they hold counts no more."""
    where = where & talk.going
    held: list[Any] = [talk.world[where].tolist()]
    held += [array[..., where].tolist() for _, array in sorted(talk.memory.items())]
    for chair, belief in zip(talk.chairs, talk.beliefs, strict=True):
        held += [chair.level[where].tolist(), chair.offer[where].tolist()]
        held += [belief.weight[where].tolist(), belief.real[where].tolist(), belief.serious[where].tolist()]
    return held


def ends(talk: Talk, where: Mask) -> list[Any]:
    worlds = talk.world[where]
    return [array[worlds].tolist() for array in (talk.stop, talk.deal, talk.ended, talk.crossed)]


def story(arena: Arena, tempers: list[float], away: NDArray[np.bool_], *, undone: bool) -> tuple[list[Any], Any]:
    """Play; ``away`` (session, world) sit out, or play and take it back."""
    recorder = Recorder(arena.n_worlds)
    talk = Talk(arena, tempers, recorder.hear, keeps_ended=True)
    told: list[Any] = []
    for session in range(arena.rules.sessions):
        if session:
            talk.reseat(arena)
        where = away[session][talk.world]
        before_ends, kept = ends(talk, where), levels(talk, where)
        before = talk.remember()
        if not undone:
            talk.sit_out(where)
            assert not np.any(talk.going & where)
        seen = [len(recorder.events[world]) for world in talk.world.tolist()]
        play_session(talk, arena.rules.rounds)
        if undone:
            talk.undo(before, where)
            for place, world in enumerate(talk.world.tolist()):
                if where[place]:
                    del recorder.events[world][seen[place] :]
        else:
            talk.sit_in()
            talk.sit_in()  # nobody sits out any more
        assert ends(talk, where) == before_ends
        if before.memory or not talk.memory:
            assert levels(talk, where) == kept
        if arena.rules.learns:
            talk.learn()
        if not before.memory:
            assert levels(talk, where)[1 + len(talk.memory) :] == kept[1:]
        else:
            assert levels(talk, where) == kept
        learned = [levels(talk, np.arange(len(talk.world)) == place) for place in range(len(talk.world))]
        told.append(dict(zip(talk.world.tolist(), learned, strict=True)))
        if session < arena.rules.sessions - 1:
            talk.let_leave()
        talk.drop_ended()
    ended = close(talk)
    return [recorder.events, [getattr(ended, name).tolist() for name in ("stop", "deal", "round", "crossed")]], told


@pytest.mark.parametrize("kind", PROTOCOLS)
@pytest.mark.parametrize("tactics", [tuple(TACTICS), ("relative_tit_for_tat", "averaged_tit_for_tat", "time")])
def test_what_sits_out_stays_as_it_was_as_does_what_is_taken_back_and_each_world_is_by_itself(
    kind: str, tactics: tuple[str, ...]
) -> None:
    @settings(max_examples=25)
    @given(benches(kinds=(kind,), tactics=tactics, max_worlds=4), st.data())
    def check(bench: Bench, data: st.DataObject) -> None:
        arena = bench.arena
        shape = (arena.rules.sessions, arena.n_worlds)
        size = shape[0] * shape[1]
        away = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size))).reshape(shape)
        (events, ended), told = story(arena, bench.tempers, away, undone=False)
        assert story(arena, bench.tempers, away, undone=True)[0] == [events, ended]
        for world in range(arena.n_worlds):
            (alone, end), held = story(arena.only(world), bench.tempers, away[:, [world]], undone=False)
            assert alone[0] == events[world]
            assert [one[0] for one in end] == [one[world] for one in ended]
            for one, other in zip(held, told, strict=True):
                mine, among = one.get(0, [[]]), other.get(world, [[]])
                if len(mine) == len(among):  # else nobody here has been at the table yet
                    assert mine[1:] == among[1:]

    check()


def coins(*tactics: Tactic | str, n_worlds: int = 1, rules: Rules | None = None) -> Arena:
    """Two who share a hundred coins, each by one parameter, 1."""
    gain = np.arange(101, dtype=np.float32) * 100_000
    found = [TACTICS[one] if isinstance(one, str) else one for one in tactics]
    seats = [
        plain_seat(f"p{k}", worth[None], tactic, {p.name: np.ones(n_worlds) for p in tactic.parameters}, n_worlds)
        for k, (tactic, worth) in enumerate(zip(found, (gain, gain[::-1]), strict=True))
    ]
    return Arena(
        row=np.zeros(n_worlds, np.intp),
        seats=tuple(seats),
        rules=rules or Rules(rounds=4, learns=False),
        required=(0, 1),
        quorum=2,
        breaks_down=np.full(n_worlds, np.inf),
    )


def test_a_tactic_learns_the_time_of_its_round() -> None:
    seen = []

    def note(moment: Moment) -> Stance:
        seen.append((moment.round, moment.n_rounds, moment.time))
        return Stance(np.ones(1), np.ones(1))

    times = (0.25, 0.5, 0.625)
    play(coins(Tactic("noting", "Notes", (), note), "stalling", rules=Rules(rounds=3, times=times)))
    assert seen == [(0, 3, 0.25), (1, 3, 0.5), (2, 3, 0.625)]


def test_by_the_clock_the_level_asked_for_is_that_of_the_time_said() -> None:
    # Of a hundred coins one asks for 100 (1 - t), conceding evenly.
    recorder = Recorder(1)
    play(coins("time", "stalling", rules=Rules(rounds=3, times=(0.1, 0.2, 0.7))), listener=recorder.hear)
    assert [deal for _, speaker, deal, _, _ in recorder.events[0] if speaker == 0] == [90, 30]


def test_at_a_new_table_a_party_goes_on_from_the_level_it_asked_for_last_by_what_deals_are_worth_there() -> None:
    arena = coins("relative_tit_for_tat", "time", rules=Rules(rounds=3, sessions=2, learns=False))
    talk = Talk(arena)
    play_session(talk, 3)
    asked = [chair.level.copy() for chair in talk.chairs]
    heard = [[one.copy() for one in (*chair.heard, *chair.coming)] for chair in talk.chairs]
    # Twenty coins fewer are worth having to the first, who now calls 20 coins no deal.
    less = arena.seats[0].gain - np.float32(2_000_000)
    talk.reseat(replace(arena, seats=(replace(arena.seats[0], gain=less), arena.seats[1])))
    assert [chair.level.tolist() for chair in talk.chairs] == [one.tolist() for one in asked]
    assert [[*chair.heard, *chair.coming] for chair in talk.chairs] == heard
    assert talk.chairs[0].menu.deals().tolist() == [list(range(20, 101))]
    # Level 1/2 lies half way between 20 and 100 coins.
    assert talk.chairs[0].units(np.full(1, 0.5)) == pytest.approx(4_000_000)


def test_at_a_new_table_others_may_speak_for_the_parties() -> None:
    arena = coins("holdout", "stalling", rules=Rules(rounds=1, sessions=2, learns=False))
    talk = Talk(arena)
    play_session(talk, 1)
    talk.reseat(replace(arena, seats=(arena.seats[0], coins("holdout", "time").seats[1])))
    assert talk.chairs[1].seat.tactic.name == "time"
    play_session(talk, 1)
    # Two thirds of the time are gone: it asks for a third of what there is, for all of which the first holds out.
    assert talk.chairs[1].offer.tolist() == [66]
    assert talk.is_over is False


def test_worlds_that_ended_stay_until_they_are_dropped_where_that_is_asked_for() -> None:
    arena = coins("time", "time", n_worlds=4, rules=Rules(rounds=4, sessions=2, learns=False))
    talk = Talk(arena, keeps_ended=True)
    talk.end(np.array([True, True, True, False]), Stop.BREAKDOWN)
    play_session(talk, 1)
    assert talk.world.tolist() == [0, 1, 2, 3]
    talk.drop_ended()
    assert talk.world.tolist() == [3]
    talk.drop_ended()
    talk.end(np.array([True]), Stop.BREAKDOWN)
    talk.drop_ended()  # the last ones stay, so that there is something to look at
    assert (talk.world.tolist(), talk.is_over) == ([3], True)


def test_who_sits_out_is_not_dropped_with_those_that_end() -> None:
    arena = coins("time", "time", n_worlds=4, rules=Rules(rounds=4, sessions=2, learns=False))
    talk = Talk(arena)
    talk.sit_out(np.array([True, False, False, False]))
    talk.end(np.array([False, True, True, False]), Stop.BREAKDOWN)
    play_session(talk, 1)
    talk.sit_in()
    assert talk.world[talk.going].tolist() == [0, 3]
