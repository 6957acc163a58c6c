"""Bargaining over many worlds: how likely agreement is, why it fails, what it looks like, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.found import TEMPERS, Found
from negsim.bargaining.judging import held_gain, judge, reasons
from negsim.bargaining.play import Ended, play
from negsim.bargaining.result import BargainResult
from negsim.bargaining.seating import Drawn, draw_worlds, drawn_worlds, seat_everybody
from negsim.bargaining.stops import Stop
from negsim.bargaining.summary import summarise
from negsim.bargaining.table import Table, make_table
from negsim.model.draws import Draws
from negsim.model.values import UNITS_PER_POINT
from negsim.records import dataclass
from negsim.scenario.types import Scenario
from negsim.zone.analysis import check_request
from negsim.zone.compiled import compile_scenario
from negsim.zone.counting import Run, blocks_between, in_zone, joined
from negsim.zone.existence import zone_exists
from negsim.zone.workers import Workers

__all__ = ["DEFAULT_WORLDS", "Ends", "bargain", "end_blocks", "end_draws"]

DEFAULT_WORLDS = 1024

OnProgress = Callable[[int, int], None]


def bargain(
    scenario: Scenario,
    *,
    n_worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    on_progress: OnProgress | None = None,
) -> BargainResult:
    """Let the signatories bargain, in many worlds, by the protocol and the tactics of the scenario.

    Parameters
    ----------
    scenario : Scenario
        Without a protocol, offers alternate for 20 rounds; without a tactic, a party concedes evenly.
    n_worlds, seed, sampler, n_jobs, on_progress
        As for `negsim.zone.analyse_zone`, with which the worlds are common.

    Returns
    -------
    BargainResult

    Raises
    ------
    UsageError, ScenarioError
        If an argument makes no sense; if only one party has to sign; if there is no outcome.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties:
    ...   buyer: {title: Buyer, demands: {price: 0}, no_deal: {same_as: {price: 60}}, tactic: {time: {exponent: 4}}}
    ...   seller: {title: Seller, demands: {price: 100}, no_deal: {same_as: {price: 40}}}
    ... ''')
    >>> found = bargain(sale, n_worlds=256)
    >>> found.p_agreement.estimate, found.parties[0].gain.median > found.parties[1].gain.median
    (1.0, True)
    """
    check_request(n_worlds, None, seed, n_jobs)
    table = make_table(compile_scenario(scenario, seed, sampler))
    blocks = blocks_between(0, n_worlds)
    runs, done = [], 0
    with Workers(table, n_jobs) as workers:
        for run in workers.map(bargain_blocks, blocks):
            runs.append(run)
            done += len(run.stop)
            if on_progress is not None:
                on_progress(done, n_worlds)
    return summarise(table, joined(runs), np.array([n for _, n in blocks], np.int64))


@dataclass(frozen=True, slots=True)
class Ends:
    """How talks end in some worlds, and nothing more.

    ``stop`` and ``round`` (world,) are how and in which round, counted from 0; ``zone`` (world,) where there is a zone;
    ``gain`` (world, seat) the points over no deal that each party gets, in the order in which they speak: 0 without
    agreement.
    """

    stop: NDArray[np.int8]
    round: NDArray[np.intp]
    zone: NDArray[np.bool_]
    gain: NDArray[np.float64]


def end_blocks(table: Table, run: Run) -> Ends:
    """Let the worlds of some blocks bargain as `bargain` does, without asking how good deals are or what would change.

    Parameters
    ----------
    table : Table
    run : Run

    Returns
    -------
    Ends
    """
    return joined([_end_drawn(table, draw_worlds(table, *block)) for block in run])


def end_draws(table: Table, block: int, draws: Draws, fates: NDArray[np.intp] | None = None) -> Ends:
    """Let worlds that were drawn or chosen by hand bargain as those of a block do.

    Parameters
    ----------
    table : Table
    block : int
        Whose chances befall them at the table.
    draws : Draws
        Of no more worlds than a block has.
    fates : intp array (world,), optional
        Which chance befalls each; its own if left out.
    """
    return _end_drawn(table, drawn_worlds(table, block, draws, fates))


def _end_drawn(table: Table, drawn: Drawn) -> Ends:
    arena, zone = seat_everybody(table, drawn), zone_exists(table.compiled, drawn.truth)
    stop, ended, gain = _end(table, arena, drawn, zone, range(len(arena.seats)))
    return Ends(stop, ended.round, zone, gain)


def bargain_blocks(table: Table, run: Run) -> Found:
    """Let the worlds of some blocks bargain."""
    return joined([_bargain_block(table, *block) for block in run])


def _bargain_block(table: Table, block: int, n_worlds: int) -> Found:
    drawn = draw_worlds(table, block, n_worlds)
    compiled, truth = table.compiled, drawn.truth
    arena = seat_everybody(table, drawn)
    inside = in_zone(truth, compiled, table.deals)
    zone = zone_exists(compiled, truth)
    ended = play(arena)
    stop = reasons(table, arena, truth, zone, ended)
    agreed = stop == Stop.AGREED
    judged = judge(table, arena, drawn.wishes, ended, agreed)
    changed = [
        _with_temper(table, arena, drawn, zone, place, power)
        for place in range(len(arena.seats))
        for power in TEMPERS.values()
    ]
    return Found(
        stop=stop,
        round=ended.round,
        deal=np.where(agreed, ended.deal, -1),
        zone=zone,
        covered=np.any(inside, axis=1),
        gain=judged.gain,
        best=judged.best,
        spare=judged.spare,
        nash=judged.nash,
        tally=np.count_nonzero(inside, axis=0)[None],
        changed_stop=np.stack([one for one, _ in changed], axis=1),
        changed_gain=np.stack([gain for _, gain in changed], axis=1),
    )


def _with_temper(  # a world of talks, and whose temper is what
    table: Table, arena: Arena, drawn: Drawn, zone: NDArray[np.bool_], place: int, power: float
) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Let the same worlds bargain with one party tougher or softer: how talks end, and what it gains."""
    powers = [power if k == place else 1.0 for k in range(len(arena.seats))]
    stop, _, gain = _end(table, arena, drawn, zone, (place,), powers)
    return stop, gain[:, 0]


def _end(  # a world of talks, whom to ask for gains, and everybody's temper
    table: Table,
    arena: Arena,
    drawn: Drawn,
    zone: NDArray[np.bool_],
    places: Sequence[int],
    powers: Sequence[float] = (),
) -> tuple[NDArray[np.int8], Ended, NDArray[np.float64]]:
    """Let worlds bargain: how talks end, and what some parties gain, in points: (world, place)."""
    ended = play(arena, powers)
    stop = reasons(table, arena, drawn.truth, zone, ended)
    agreed = stop == Stop.AGREED
    gains = [held_gain(table, arena, drawn.wishes, place, ended, agreed) for place in places]
    return stop, ended, np.stack(gains, axis=1) / UNITS_PER_POINT
