"""Worlds that bargain as arrays against one world in plain lists (tests/reference_bargaining.py), offer by offer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from negsim.bargaining.play import play
from negsim.bargaining.stops import Stop
from negsim.scenario.bargaining import PROTOCOLS
from tests.bargaining.recorder import Recorder
from tests.reference_bargaining import history
from tests.strategies_arenas import Bench, benches


def compare(bench: Bench) -> None:
    """Play the worlds of a bench both ways."""
    recorder = Recorder(bench.arena.n_worlds)
    ended = play(bench.arena, bench.tempers, recorder.hear, recorder.learn)
    for world, game in enumerate(bench.games):
        plain = history(game)
        assert recorder.events[world] == plain.events
        assert Stop(ended.stop[world]).name == plain.stop
        assert (ended.deal[world], ended.round[world], ended.crossed[world]) == (plain.deal, plain.round, plain.crossed)
        if plain.stop == "DEADLINE":
            for found, expected in zip(recorder.beliefs[world], plain.beliefs, strict=True):
                for one, other in zip(found, expected, strict=True):
                    assert one == pytest.approx(other, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("kind", PROTOCOLS)
def test_with_fixed_beliefs_every_step_is_that_of_the_plain_model(kind: str) -> None:
    @settings(max_examples=80)
    @given(benches(kinds=(kind,), learns=False))
    def check(bench: Bench) -> None:
        compare(bench)

    check()


@pytest.mark.parametrize("kind", PROTOCOLS)
def test_with_learning_every_step_and_belief_is_that_of_the_plain_model(kind: str) -> None:
    @settings(max_examples=80)
    @given(benches(kinds=(kind,), learns=True))
    def check(bench: Bench) -> None:
        compare(bench)

    check()


@pytest.mark.parametrize("tactic", ["relative_tit_for_tat", "absolute_tit_for_tat", "averaged_tit_for_tat"])
def test_those_who_answer_in_kind_move_as_in_the_plain_model(tactic: str) -> None:
    kinds = ("alternating_offers", "stacked_alternating_offers", "take_it_or_leave_it")

    @settings(max_examples=50)
    @given(benches(kinds=kinds, tactics=(tactic, "time"), lasting=True))
    def check(bench: Bench) -> None:
        compare(bench)

    check()
