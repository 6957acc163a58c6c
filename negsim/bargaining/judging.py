"""What came of talks: why there is no deal, or how good the deal is beside all that could come up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.play import Ended
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.zone.acceptance import accepts_outcomes

__all__ = ["Judged", "held_gain", "holds_at_home", "judge", "reasons"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def reasons(table: Table, arena: Arena, worlds: Worlds, zone: Mask, ended: Ended) -> NDArray[np.int8]:
    """Say why talks ended, world by world, with what those at the table do not know.

    Parameters
    ----------
    table, arena
    worlds : Worlds
        In which who is not serious accepts nothing.
    zone : bool array (world,)
        Where these have a zone.
    ended : Ended

    Returns
    -------
    int8 array (world,) of Stop
    """
    stop = ended.stop.copy()
    agreed = stop == Stop.AGREED
    stop[agreed & ~holds_at_home(table, worlds, ended.deal)] = Stop.REJECTED_AT_HOME
    late = np.isin(stop, (Stop.DEADLINE, Stop.STANDSTILL))
    serious = np.ones(len(stop), np.bool_)
    for k in arena.required:
        serious &= arena.seats[k].serious
    for reason, where in (
        (Stop.BAD_FAITH, ~serious),
        (Stop.NO_ZONE, ~zone),
        (Stop.RED_LINE, ended.crossed),
    ):
        stop[late & where] = reason
        late &= ~where
    return stop


def holds_at_home(table: Table, worlds: Worlds, deal: NDArray[np.intp]) -> Mask:
    """Tell where all who ratify for somebody whose consent a deal needs accept it: (world,); -1 where there is none."""
    compiled = table.compiled
    holds = np.ones(worlds.n_worlds, np.bool_)
    ratifiers = [k for k in compiled.consent.required if k >= len(compiled.scenario.parties)]
    agreed = np.flatnonzero(deal >= 0)
    if not ratifiers or not agreed.size:
        return holds
    which, place = np.unique(deal[agreed], return_inverse=True)
    deals = table.deals.pick(which)
    for k in ratifiers:
        accepts = accepts_outcomes(worlds, k, deals) | ~compiled.structure.parties[k].needed[deals.cell]
        holds[agreed] &= accepts[agreed, place.reshape(-1)]
    return holds


def held_gain(table: Table, arena: Arena, worlds: Worlds, place: int, ended: Ended, agreed: Mask) -> Array:
    """Give what a party gets from what is agreed over no deal, in units: (world,), 0 where nothing is.

    By points alone where the deal crosses a real red line of the party: one that is outvoted has to live with that.
    """
    gain = np.where(agreed, arena.seats[place].gain[arena.row, ended.deal], np.float32(0)).astype(np.float64)
    crossed = np.isneginf(gain)
    if np.any(crossed):
        deals = table.deals.pick(ended.deal[crossed])
        gain[crossed] = np.diagonal(worlds.select(crossed).gain(table.order[place], deals))
    return gain


@dataclass(frozen=True, slots=True)
class Judged:
    """How good the deals are in the worlds that agree, beside all deals that could come up and win there.

    A deal wins that suits all, or the quorum and every veto, and those asked who are not at the table. ``gain``
    (world, seat) is what each gets over no deal, in points; ``spare`` (world, seat) by how much more it could have
    while nobody else had less. ``best`` (world, seat) is the most that it could get, and ``nash`` (world,) the
    geometric mean of gains over the disagreement point as a share of the largest there is, of those who can gain
    together where not all can. All are nan where nothing is agreed; ``best`` and ``nash`` under a quorum too.
    """

    gain: Array
    best: Array
    spare: Array
    nash: Array


_WORLDS = 2**21
"""Gains (world, deal) compared at a time."""


def judge(table: Table, arena: Arena, worlds: Worlds, ended: Ended, agreed: Mask) -> Judged:
    """Judge the deals of the worlds marked as agreed, (world,)."""
    n, n_seats = worlds.n_worlds, len(arena.seats)
    gain, best, spare = (np.full((n, n_seats), np.nan) for _ in range(3))
    found = Judged(gain, best, spare, np.full(n, np.nan))
    which = np.flatnonzero(agreed)
    step = max(1, _WORLDS // arena.n_deals)
    # What an outside option is better by than what is held while talks last.
    below = np.stack([worlds.no_deal[k] - worlds.inside[k] for k in table.order], axis=1)
    for start in range(0, len(which), step):
        some = which[start : start + step]
        _judge_some(table, arena, worlds, ended.deal[some], some, below[some], found)
    return found


def _judge_some(  # a table of worlds, and what is agreed in some of them
    table: Table,
    arena: Arena,
    worlds: Worlds,
    deal: NDArray[np.intp],
    some: NDArray[np.intp],
    below: Array,
    found: Judged,
) -> None:
    gains = np.stack([seat.gain[arena.row[some]] for seat in arena.seats]).astype(np.float64)
    wins = _wins(arena, some, gains)
    if table.compiled.consent.voters:
        _count_points_alone(table, worlds, some, gains)
    held = gains[:, np.arange(len(some)), deal]
    no_worse = gains >= held[:, :, None]
    for k in range(len(gains)):
        others = np.all(np.delete(no_worse, k, axis=0), axis=0) & wins
        most = np.max(np.where(others, gains[k], -np.inf), axis=1)
        found.spare[some, k] = np.maximum(most - held[k], 0.0) / UNITS_PER_POINT
        found.gain[some, k] = held[k] / UNITS_PER_POINT
    if not table.compiled.consent.voters:
        found.best[some] = np.max(np.where(wins, gains, -np.inf), axis=2).T / UNITS_PER_POINT
        found.nash[some] = _share_of_product(gains + below.T[:, :, None], wins, deal)


def _wins(arena: Arena, some: NDArray[np.intp], gains: Array) -> Mask:
    """Tell which deals enough seats accept, all that have to among them, and who is asked elsewhere: (world, deal)."""
    accepts = gains >= 0
    wins = np.count_nonzero(accepts, axis=0) >= arena.quorum
    for k in arena.required:
        wins &= accepts[k]
    if arena.open is not None:
        wins &= arena.open[arena.row[some]]
    return wins


def _count_points_alone(table: Table, worlds: Worlds, some: NDArray[np.intp], gains: Array) -> None:
    """Put points where a deal crosses a real red line: who is outvoted has to live with it."""
    crossed = np.isneginf(gains)
    if np.any(crossed):
        here = np.zeros(worlds.n_worlds, np.bool_)
        here[some] = True
        chosen = worlds.select(here)
        for place in np.flatnonzero(np.any(crossed, axis=(1, 2))).tolist():
            points = chosen.gain(table.order[place], table.deals)
            gains[place] = np.where(crossed[place], points, gains[place])


def _share_of_product(over: Array, suits: Mask, deal: NDArray[np.intp]) -> Array:
    """Give the geometric mean of gains (seat, world, deal) at a deal (world,) as a share of the largest: (world,).

    The rule for products of 0 is that of `negsim.solutions.nash`: of deals that suit all, those count in which the most
    gain, and only beside others in which the same ones do. Any other deal has a share of 0, unless nobody can gain.
    """
    gaining = (over > 0) & suits
    n_gaining = np.count_nonzero(gaining, axis=0)
    world = np.arange(len(deal))
    members = gaining[:, world, deal]
    n_members = np.count_nonzero(members, axis=0)
    alike = np.all(gaining == members[:, :, None], axis=0) & suits
    logs = np.log(np.where(gaining & members[:, :, None], over, 1.0))
    level = np.sum(logs, axis=0) / np.maximum(n_members, 1)[:, None]
    top = np.max(np.where(alike, level, -np.inf), axis=1)
    return np.where(n_members == np.max(n_gaining, axis=1), np.exp(level[world, deal] - top), 0.0)
