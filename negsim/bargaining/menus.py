"""What a party may propose: the deals on its menu, from the least to the most that they are worth to it.

In the mode ``frontier`` these are the deals of which none is worth more to it and, as it believes, no less to the
others; in ``own_rank`` all that it accepts itself. Where it asks for a level, it proposes the least of those that reach
it, which on a frontier is the one the others like best.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.tactics.base import Array
from negsim.records import dataclass

__all__ = ["Menu", "frontier_menu", "own_rank_menu", "shared_frontier_menu"]

Index = NDArray[np.intp]
Gains = NDArray[np.float32]

_BELOW_ONE = 1 - 2.0**-20

_NEVER, _ENDLESS = np.float32(-np.inf), np.float32(np.inf)

_RUN = 2**18
"""Gains that are put in order at once, so that they stay in cache; a row is by itself, so this changes nothing."""

_ROWS = 16
"""Rows that are put in order at once, at least."""

_BLOCK = 64
"""Deals whose most is compared before they are looked at one by one: a power of 2."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The menus of one seat, one for each row of gains and beliefs.

    ``row`` (world,) says which menu is a world's. ``gain`` (row, point) is what the deals are worth to the party beyond
    no deal, in units, ascending; infinite beyond the end. ``deal`` (row, point) are the deals; ``size`` (row,) counts
    them. ``top`` (row,) is the most that the party can have of all deals, and ``worst`` the least, apart from those
    that are out of the question. ``floor`` (row,) is where levels begin: at 0, which is no deal, or at ``worst`` where
    even that is better than no deal.
    ``key`` holds all points in one ascending row, as their row plus a share of ``scale``, to look them up by.
    """

    row: Index
    gain: Gains
    deal: Index
    size: Index
    worst: Array
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
        """Turn units of gain, (..., world), into levels; 1 where nothing is worth more than level 0 is."""
        floor, top = self.floor[self.row], self.top[self.row]
        span = np.where(top > floor, top - floor, 1.0)
        return np.asarray(np.where(top > floor, (gain - floor) / span, 1.0))

    def pick(self, units: Array) -> Index:
        """Find the least point that is worth so many units, or the last if none is: (world,); -1 of an empty menu."""
        if len(self.gain) == 1:
            return np.minimum(np.searchsorted(self.gain[0], units), self.size[0] - 1)
        width, points = self.gain.shape[1], self.gain.reshape(-1)
        share = np.minimum(np.maximum(units, 0.0) / self.scale, _BELOW_ONE)
        first = self.row * width
        last = first + self.size[self.row] - 1
        # Keys are rounded, so the place found may be next to the right one.
        place = np.minimum(np.searchsorted(self.key, self.row + share), np.maximum(last, first))
        while np.any(down := (place > first) & (np.take(points, place - 1) >= units)):
            place -= down
        while np.any(up := (place < last) & (np.take(points, place) < units)):
            place += up
        return np.minimum(place, last) - first

    def deal_at(self, point: Index) -> Index:
        """Give the deals at some points (world,); any deal at -1."""
        return np.take(self.deal.reshape(-1), point + self.row * self.deal.shape[1])


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
    listed = np.where(may, gain, _ENDLESS)
    points, order = _ascending(listed, gain.shape[1])
    return _written(row, points, order, np.count_nonzero(may, axis=1), gain)


def _ascending(gain: Gains, width: int, *, last_first: bool = False) -> tuple[Gains, Index]:
    """Sort gains of 0 and more (row, deal), and give the least of them (row, width) and their places.

    Of equals the first comes first, or the last.
    """
    # Bits of such numbers are in order as whole numbers. With the place behind them no two are equal, and a sort that
    # need not be stable takes half the time.
    keys = (gain + np.float32(0)).view(np.uint32).astype(np.uint64)  # minus zero becomes zero
    place = np.arange(gain.shape[1], dtype=np.uint64)
    keys <<= np.uint64(32)
    keys |= place[::-1] if last_first else place
    keys.sort(axis=1)
    least = keys[:, :width]
    order = least.astype(np.uint32).astype(np.intp)
    points = (least >> np.uint64(32)).astype(np.uint32).view(np.float32)
    return points, len(place) - 1 - order if last_first else order


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
    level = np.append(0, np.cumsum(np.diff(others[order]) != 0))
    # Whole blocks, filled up with the last deal, which cannot rise above itself.
    order = np.append(order, np.repeat(order[-1:], -len(order) % _BLOCK))
    step = max(_ROWS, _RUN // len(order))
    found = []
    for first in range(0, max(1, len(gain)), step):
        run = slice(first, first + step)
        may = gain[run] if allowed is None else np.where(allowed[run], gain[run], _NEVER)
        # With rows side by side, deals are put in order for all of them at once.
        ordered = np.take(np.ascontiguousarray(may.T), order, axis=0)
        at_row, place = _rises(ordered, level)
        found.append((at_row + first, order[place], ordered[place, at_row]))
    at_row, deal, points = (np.concatenate(part) for part in zip(*found, strict=True))
    return _gathered(row, at_row, points, deal, gain)


def _rises(ordered: Gains, level: Index) -> tuple[Index, Index]:
    """Find where gains (deal, row) rise above all before, to 0 at least, last within a level: row, place (rise,)."""
    # The most of a block tells whether there is a rise in it; there is none in nearly all, so few are looked through.
    most = _most_of_blocks(ordered).T
    before = np.maximum.accumulate(most, axis=1)
    rises = most >= 0
    rises[:, 1:] &= most[:, 1:] > before[:, :-1]
    at_row, block = np.nonzero(rises)
    places = block[:, None] * _BLOCK + np.arange(_BLOCK)
    values = np.take(ordered, places * ordered.shape[1] + at_row[:, None])
    so_far = np.maximum.accumulate(values, axis=1)
    rises = values >= 0
    rises[:, 1:] &= values[:, 1:] > so_far[:, :-1]
    rises &= values > np.where(block > 0, before[at_row, block - 1], _NEVER)[:, None]
    hit, column = np.nonzero(rises)
    at_row, place = at_row[hit], places[hit, column]
    last = np.ones(len(place), np.bool_)
    last[:-1] = (at_row[1:] != at_row[:-1]) | (level[place[1:]] != level[place[:-1]])
    return at_row[last], place[last]


def _most_of_blocks(ordered: Gains) -> Gains:
    """Give the most within each block: (block, row)."""
    most = ordered.reshape(len(ordered) // _BLOCK, _BLOCK, ordered.shape[1])
    # By halves, each of which is one long run of numbers.
    while (half := most.shape[1] // 2) > 0:
        most = np.maximum(most[:, :half], most[:, half:])
    return most[:, 0]


def frontier_menu(row: Index, gain: Gains, others: Array, allowed: NDArray[np.bool_] | None = None) -> Menu:
    """List the frontier where worlds believe differently of the others.

    Parameters
    ----------
    row : intp array (world,)
    gain : float32 array (row, deal)
    others : float64 array (row, deal)
    allowed : bool array (row, deal), optional
    """
    may = gain >= 0 if allowed is None else (gain >= 0) & allowed
    size = np.count_nonzero(may, axis=1)
    width = max(1, int(np.max(size, initial=0)))
    # Of deals that are alike to all the first is listed: of equals it comes last, where nothing betters it any more.
    own, order = _ascending(np.where(may, gain, _ENDLESS), width, last_first=True)
    theirs = np.take(others.reshape(-1), order + np.arange(len(gain))[:, None] * gain.shape[1])
    listed = np.arange(width) < size[:, None]
    theirs[~listed] = -np.inf
    ahead = np.maximum.accumulate(theirs[:, ::-1], axis=1)[:, ::-1]
    efficient = listed
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
    worst = _worst(gain)
    floor = np.maximum(worst, 0.0)
    top = np.max(gain, axis=1).astype(np.float64)
    scale = max(float(np.max(top, initial=0.0)), 1.0) * 1.01
    share = np.minimum(table / scale, _BELOW_ONE)
    key = (np.arange(len(table))[:, None] + share).reshape(-1)
    return Menu(row, table, deal, size, worst, floor, top, key, scale)


def _worst(gain: Gains) -> Array:
    """Find the least gain (row,) of the deals (row, deal) that are not out of the question; 0 where all are."""
    worst = np.min(np.where(gain == _NEVER, _ENDLESS, gain), axis=1)
    return np.where(worst == _ENDLESS, 0.0, worst.astype(np.float64))
