"""What happens in a world hangs on nothing but that world."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from negsim.bargaining import bargain
from negsim.bargaining.arena import Arena
from negsim.bargaining.play import Ended, play
from negsim.bargaining.tactics import TACTICS
from negsim.scenario import loads
from negsim.scenario.bargaining import PROTOCOLS
from negsim.zone import workers
from tests.bargaining.recorder import Recorder
from tests.strategies_arenas import Bench, benches


def story(arena: Arena, tempers: list[float]) -> tuple[Recorder, Ended]:
    recorder = Recorder(arena.n_worlds)
    return recorder, play(arena, tempers, recorder.hear, recorder.learn)


def chosen(arena: Arena, worlds: NDArray[np.intp]) -> Arena:
    """The same table in some of its worlds, in any order."""
    assert arena.drafts is not None
    drafts = arena.drafts
    seats = [
        replace(
            seat,
            parameter={name: values[worlds] for name, values in seat.parameter.items()},
            real=seat.real[worlds],
            serious=seat.serious[worlds],
            walks_out_below=seat.walks_out_below[worlds],
        )
        for seat in arena.seats
    ]
    return replace(
        arena,
        row=arena.row[worlds],
        seats=tuple(seats),
        breaks_down=arena.breaks_down[worlds],
        drafts=lambda k: drafts(k)[:, worlds],
    )


def same_end(one: Ended, first: int, other: Ended, second: int) -> bool:
    fields = ("stop", "deal", "round", "crossed")
    return all(getattr(one, name)[first] == getattr(other, name)[second] for name in fields)


@pytest.mark.parametrize("kind", PROTOCOLS)
def test_a_world_alone_goes_through_the_same_steps_as_among_others(kind: str) -> None:
    @settings(max_examples=30)
    @given(benches(kinds=(kind,), learns=True, max_worlds=5))
    def check(bench: Bench) -> None:
        together, ended = story(bench.arena, bench.tempers)
        for world in range(bench.arena.n_worlds):
            alone, end = story(bench.arena.only(world), bench.tempers)
            assert alone.events[0] == together.events[world]
            assert same_end(end, 0, ended, world)
            for one, other in zip(alone.beliefs.get(0, []), together.beliefs.get(world, []), strict=True):
                assert [np.asarray(part).tolist() for part in one] == [np.asarray(part).tolist() for part in other]

    check()


@pytest.mark.parametrize("tactic", TACTICS)
def test_for_every_tactic_neither_the_order_nor_the_choice_of_worlds_matters(tactic: str) -> None:
    @settings(max_examples=20)
    @given(benches(tactics=(tactic, "time"), max_worlds=6), st.data())
    def check(bench: Bench, data: st.DataObject) -> None:
        n = bench.arena.n_worlds
        worlds = np.array(data.draw(st.permutations(range(n)))[: data.draw(st.integers(1, n))], np.intp)
        every, ended = story(bench.arena, bench.tempers)
        some, end = story(chosen(bench.arena, worlds), bench.tempers)
        for place, world in enumerate(worlds.tolist()):
            assert some.events[place] == every.events[world]
            assert same_end(end, place, ended, world)

    check()


SALE = """
negsim: 1
id: sale
title: A sale
issues:
  price: {title: Price, scale: 0..20, step: 1}
  time: {title: Time, kind: ordered, options: [soon, later, never]}
parties:
  ann:
    title: Ann
    demands: {price: 20, time: soon}
    priorities: {price: 1..5, time: 2}
    no_deal: 20..60
    good_faith: 0.9
    tactic: {time: {exponent: 0.3..4}}
  bob:
    title: Bob
    demands: {price: 0, time: never}
    no_deal: 10..60
    red_lines: {line: {require: price <= 12, firmness: 0.5}}
    tactic: relative_tit_for_tat
protocol: {kind: KIND, rounds: 6, sessions: 2, breakdown: 0..0.05}
"""


@pytest.mark.parametrize("kind", ["alternating_offers", "single_text"])
def test_neither_the_number_of_jobs_nor_the_worlds_that_follow_change_a_result(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = loads(SALE.replace("KIND", kind))
    seen: list[tuple[int, int]] = []
    one = bargain(scenario, n_worlds=2 * 256 + 5, seed=2, on_progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (517, 517)
    monkeypatch.setattr(workers, "_WORTH_SECONDS", 0.0)
    monkeypatch.setattr(workers, "_RUN_SECONDS", 0.0)
    assert bargain(scenario, n_worlds=2 * 256 + 5, seed=2, n_jobs=2) == one
    assert bargain(scenario, n_worlds=2 * 256 + 5, seed=3) != one
