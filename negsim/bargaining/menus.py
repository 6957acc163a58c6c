"""What a party may propose: the deals on its menu, from the least to the most that they are worth to it.

In the mode ``frontier`` these are the deals of which none is worth more to it and, as it believes, no less to the
others; in ``own_rank`` all that it accepts itself. Where it asks for a level, it proposes the least of those that reach
it, which on a frontier is the one the others like best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.tactics.base import Array

__all__ = ["Menu", "frontier_menu", "own_rank_menu", "shared_frontier_menu"]

Index = NDArray[np.intp]
Gains = NDArray[np.float32]

_BELOW_ONE = 1 - 2.0**-20

_LONG = 64
"""Levels of belief up to which the best deal of each is looked for one level after the other."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The menus of one seat, one for each row of gains and beliefs.

    ``row`` (world,) says which menu is a world's. ``gain`` (row, point) is what the deals are worth to the party beyond
    no deal, in units, ascending; infinite beyond the end. ``deal`` (row, point) are the deals; ``size`` (row,) counts
    them. ``floor`` and ``top`` (row,) are the least that the party accepts of all deals and the most that it can have.
    ``key`` holds all points in one ascending row, as their row plus a share of ``scale``, to look them up by.
    """

    row: Index
    gain: Gains
    deal: Index
    size: Index
    floor: Array
    top: Array
    key: Array
    scale: float

    def of(self, which: NDArray[np.bool_]) -> Menu:
        """Keep some worlds, those marked (world,)."""
        return replace(self, row=self.row[which])

    def gains(self) -> Gains:
        """Give the gains of each world's menu: (world, point)."""
        return self.gain[self.row]

    def deals(self) -> Index:
        """Give the deals of each world's menu: (world, point)."""
        return self.deal[self.row]

    def level(self, gain: NDArray[np.floating]) -> Array:
        """Turn units of gain, (..., world), into levels; 1 where the party gains alike from all that it accepts."""
        floor, top = self.floor[self.row], self.top[self.row]
        span = np.where(top > floor, top - floor, 1.0)
        return np.asarray(np.where(top > floor, (gain - floor) / span, 1.0))

    def pick(self, units: Array) -> Index:
        """Find the least point that is worth so many units, or the last if none is: (world,); -1 of an empty menu."""
        width = self.gain.shape[1]
        share = np.minimum(np.maximum(units, 0.0) / self.scale, _BELOW_ONE)
        point = np.searchsorted(self.key, self.row + share) - self.row * width
        # Keys are rounded, so the place found may be next to the right one.
        last = self.size[self.row] - 1
        point = np.minimum(point, np.maximum(last, 0))
        while np.any(down := (point > 0) & (self.gain[self.row, point - 1] >= units)):
            point = point - down
        while np.any(up := (point < last) & (self.gain[self.row, point] < units)):
            point = point + up
        return np.minimum(point, last)


def own_rank_menu(row: Index, gain: Gains, allowed: NDArray[np.bool_] | None = None) -> Menu:
    """List all deals that a party accepts itself, by what they are worth to it.

    Parameters
    ----------
    row : intp array (world,)
    gain : float32 array (row, deal)
    allowed : bool array (row, deal), optional
        Which deals it may propose.
    """
    may = gain >= 0 if allowed is None else (gain >= 0) & allowed
    listed = np.where(may, gain, np.float32(np.inf))
    order = np.argsort(listed, axis=1, kind="stable")
    return _written(row, np.take_along_axis(listed, order, axis=1), order, np.count_nonzero(may, axis=1), gain)


def shared_frontier_menu(row: Index, gain: Gains, others: Array, allowed: NDArray[np.bool_] | None = None) -> Menu:
    """List the frontier where all worlds believe alike of the others.

    Parameters
    ----------
    row : intp array (world,)
    gain : float32 array (row, deal)
    others : float64 array (deal,)
        What a party thinks that deals are worth to the others.
    allowed : bool array (row, deal), optional
        Which deals it may propose.
    """
    order = np.argsort(-others, kind="stable")
    ordered = np.take(gain if allowed is None else np.where(allowed, gain, np.float32(-np.inf)), order, axis=1)
    falls = np.flatnonzero(np.diff(others[order])) + 1
    starts = np.concatenate([np.zeros(1, np.intp), falls])
    # The most that a party can have at each level of what it thinks the others get, from their best on.
    most = np.maximum.reduceat(ordered, starts, axis=1)
    before = np.maximum.accumulate(most, axis=1)
    rises = most >= 0
    rises[:, 1:] &= most[:, 1:] > before[:, :-1]
    at_row, segment = np.nonzero(rises)
    place = _first_places(ordered, most, starts, at_row, segment)
    return _gathered(row, at_row, most[at_row, segment], order[place], gain)


def _first_places(ordered: Gains, most: Gains, starts: Index, at_row: Index, segment: Index) -> Index:
    """Find in each of some segments of rows the first place that attains its most: (point,)."""
    ends = np.append(starts[1:], ordered.shape[1])
    if len(starts) <= _LONG:
        place = np.empty(len(at_row), np.intp)
        for k in range(len(starts)):
            here = segment == k
            rows = at_row[here]
            place[here] = starts[k] + np.argmax(ordered[rows, starts[k] : ends[k]], axis=1)
        return place
    place, wanted = starts[segment], most[at_row, segment]
    left = np.flatnonzero(ordered[at_row, place] != wanted)
    while left.size:
        place[left] += 1
        left = left[ordered[at_row[left], place[left]] != wanted[left]]
    return place


def frontier_menu(
    row: Index, gain: Gains, others: Array, order: Index, allowed: NDArray[np.bool_] | None = None
) -> Menu:
    """List the frontier where worlds believe differently of the others.

    Parameters
    ----------
    row : intp array (world,)
    gain : float32 array (row, deal)
    others : float64 array (row, deal)
    order : intp array (row, deal)
        Deals by what they are worth to the party, ascending; of equals the last first, as `ranks` has them, so that of
        deals that are alike to all the first is listed.
    allowed : bool array (row, deal), optional
    """
    own = np.take_along_axis(gain, order, axis=1)
    may = own >= 0 if allowed is None else (own >= 0) & np.take_along_axis(allowed, order, axis=1)
    theirs = np.where(may, np.take_along_axis(others, order, axis=1), -np.inf)
    ahead = np.maximum.accumulate(theirs[:, ::-1], axis=1)[:, ::-1]
    efficient = may.copy()
    efficient[:, :-1] &= theirs[:, :-1] > ahead[:, 1:]
    at_row, place = np.nonzero(efficient)
    points = own[at_row, place]
    # Of deals worth the same to the party, only the one that the others like best: it comes first.
    new = np.ones(len(points), np.bool_)
    new[1:] = (at_row[1:] != at_row[:-1]) | (points[1:] != points[:-1])
    return _gathered(row, at_row[new], points[new], order[at_row, place][new], gain)


def _gathered(row: Index, at_row: Index, points: Gains, deal: Index, gain: Gains) -> Menu:
    """Put points, row by row and ascending within each, into a table."""
    size = np.bincount(at_row, minlength=len(gain))
    width = max(1, int(np.max(size, initial=0)))
    column = np.arange(len(at_row)) - (np.cumsum(size) - size)[at_row]
    table = np.full((len(gain), width), np.inf, np.float32)
    deals = np.zeros((len(gain), width), np.intp)
    table[at_row, column], deals[at_row, column] = points, deal
    return _written(row, table, deals, size, gain)


def _written(row: Index, table: Gains, deal: Index, size: Index, gain: Gains) -> Menu:
    """Make a menu of a table of points, ascending in each row, given the gains from all deals."""
    floor = np.maximum(np.min(gain, axis=1), 0).astype(np.float64)
    top = np.max(gain, axis=1).astype(np.float64)
    scale = max(float(np.max(top, initial=0.0)), 1.0) * 1.01
    share = np.minimum(table / scale, _BELOW_ONE)
    key = (np.arange(len(table))[:, None] + share).reshape(-1)
    return Menu(row, table, deal, size, floor, top, key, scale)
