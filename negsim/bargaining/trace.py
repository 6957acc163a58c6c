"""One negotiation told step by step: who offered what, who refused it and why, what was learned."""

from __future__ import annotations

import numpy as np

from negsim.bargaining.beliefs import first_belief
from negsim.bargaining.judging import held_gain, reasons
from negsim.bargaining.play import play
from negsim.bargaining.seating import draw_worlds, seat_everybody
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import make_table
from negsim.bargaining.told import Trace
from negsim.bargaining.writer import Writer, starts_of
from negsim.errors import UsageError
from negsim.model.sampling import BLOCK
from negsim.model.values import UNITS_PER_POINT
from negsim.scenario.types import Scenario
from negsim.zone.analysis import check_request
from negsim.zone.compiled import compile_scenario
from negsim.zone.existence import zone_exists

__all__ = ["trace_talks"]


def trace_talks(scenario: Scenario, *, world: int = 0, seed: int = 0, sampler: str = "lhs") -> Trace:
    """Tell the talks of one world, the very ones of that world in `bargain`.

    Parameters
    ----------
    scenario : Scenario
    world : int
        Counted from 0.
    seed, sampler
        As for `bargain`.

    Returns
    -------
    Trace

    Raises
    ------
    UsageError, ScenarioError
        As for `bargain`; if the world is below 0.
    """
    check_request(1, None, seed, 1)
    if world < 0:
        raise UsageError(f"worlds are counted from 0; there is none {world}")
    table = make_table(compile_scenario(scenario, seed, sampler))
    place = world % BLOCK
    drawn = draw_worlds(table, world // BLOCK, place + 1)
    arena = seat_everybody(table, drawn).only(place)
    here = np.arange(place + 1) == place
    truth = drawn.truth.select(here)
    writer = Writer(table, arena, truth, [first_belief(seat, 1) for seat in arena.seats])
    ended = play(arena, listener=writer.hear, on_session=writer.learn)
    zone = zone_exists(table.compiled, truth)
    stop = Stop(int(reasons(table, arena, truth, zone, ended)[0]))
    deal = int(ended.deal[0])
    agreed = np.full(1, stop == Stop.AGREED)
    wishes = drawn.wishes.select(here)
    return Trace(
        world=world,
        seed=seed,
        n_rounds=arena.rules.n_rounds,
        kind=arena.rules.kind,
        starts=starts_of(table, arena, wishes),
        steps=tuple(writer.steps),
        stop=stop.word,
        round=int(ended.round[0]) + 1,
        deal=writer.spelled(deal) if deal >= 0 else (),
        gains=tuple(
            (seat.name, float(held_gain(table, arena, wishes, k, ended, agreed)[0]) / UNITS_PER_POINT)
            for k, seat in enumerate(arena.seats)
            if agreed[0]
        ),
        has_zone=bool(zone[0]),
        left=writer.leavers() if stop == Stop.WALK_OUT else (),
        signed=writer.signed() if deal >= 0 else (),
        refused_by=writer.refusals(deal, at_home=True) if stop == Stop.REJECTED_AT_HOME else (),
    )
