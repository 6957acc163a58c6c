"""What came of talks: why there is no deal, or how good the deal is beside all that could come up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena
from negsim.bargaining.play import Ended
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import Table
from negsim.model.values import UNITS_PER_POINT
from negsim.model.worlds import Worlds
from negsim.zone.acceptance import accepts_outcomes

__all__ = ["Judged", "held_gain", "judge", "reasons"]

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
    stop[agreed & ~_holds_at_home(table, worlds, ended)] = Stop.REJECTED_AT_HOME
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


def _holds_at_home(table: Table, worlds: Worlds, ended: Ended) -> Mask:
    """Tell where all who ratify for somebody whose consent the deal needs accept it: (world,)."""
    compiled = table.compiled
    holds = np.ones(worlds.n_worlds, np.bool_)
    ratifiers = [k for k in compiled.consent.required if k >= len(compiled.scenario.parties)]
    agreed = np.flatnonzero(ended.deal >= 0)
    if not ratifiers or not agreed.size:
        return holds
    which, place = np.unique(ended.deal[agreed], return_inverse=True)
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
    """How good the deals are in the worlds that agree, beside all deals that could come up and are acceptable there.

    ``gain`` (world, seat) is what each gets over no deal, in points; ``best`` (world, seat) the most that it could get
    from a deal that suits all, ``spare`` (world, seat) by how much more it could have while nobody else had less.
    ``nash`` (world,) is the geometric mean of gains over the disagreement point as a share of the largest there is. All
    are nan where nothing is agreed. ``best`` is minus infinity where a quorum agrees and no deal suits all.
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
    held = np.stack([held_gain(table, arena, worlds, place, ended, agreed) for place in range(n_seats)])
    for start in range(0, len(which), step):
        some = which[start : start + step]
        _judge_some(arena, ended, some, held[:, some], below, found)
    return found


def _judge_some(  # what is held, and what might be
    arena: Arena, ended: Ended, some: NDArray[np.intp], held: Array, below: Array, found: Judged
) -> None:
    row, deal = arena.row[some], ended.deal[some]
    gains = np.stack([seat.gain[row] for seat in arena.seats]).astype(np.float64)
    suits = np.all(gains >= 0, axis=0)
    if arena.open is not None:
        suits &= arena.open[row]
    no_worse = gains >= held[:, :, None]
    for k in range(len(gains)):
        others = np.all(np.delete(no_worse, k, axis=0), axis=0) & suits
        most = np.max(np.where(others, gains[k], -np.inf), axis=1)
        found.spare[some, k] = np.maximum(most - held[k], 0.0) / UNITS_PER_POINT
        found.best[some, k] = np.max(np.where(suits, gains[k], -np.inf), axis=1) / UNITS_PER_POINT
        found.gain[some, k] = held[k] / UNITS_PER_POINT
    over = gains + below[some].T[:, :, None]
    with np.errstate(divide="ignore"):
        level = np.mean(np.log(np.where(suits, np.maximum(over, 0.0), 0.0)), axis=0)
    top = np.max(level, axis=1)
    here = np.take_along_axis(level, deal[:, None], axis=1)[:, 0]
    found.nash[some] = np.where(np.isneginf(top), 1.0, np.exp(here - np.where(np.isneginf(top), 0.0, top)))
