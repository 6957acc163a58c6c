"""Getting ready for a session: what a party may offer, given what it believes of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Seat
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.menus import Menu, frontier_menu, own_rank_menu, shared_frontier_menu
from negsim.bargaining.tactics.base import Array, Outlook
from negsim.model.values import UNITS_PER_POINT

__all__ = ["allowed_deals", "believed_gain", "believed_value", "menu_of", "outlook_of", "proposals_of"]

Index = NDArray[np.intp]
Gains = NDArray[np.float32]
Mask = NDArray[np.bool_]

_WORLDS = 32
"""Worlds for which deals are valued at a time, so that these stay in cache; this changes nothing."""


def believed_value(seat: Seat, weight: Array) -> Array:
    """Give what the others think that deals are worth to a party: (world, deal) from weights (world, hypothesis)."""
    # Term by term, not as a matrix product, whose last bits depend on the number of threads.
    value = weight[:, :1] * seat.value[0]
    for first in range(0, len(value), _WORLDS):
        run = slice(first, first + _WORLDS)
        term = np.empty_like(value[run])
        for k in range(1, len(seat.value)):
            value[run] += np.multiply(weight[run, k : k + 1], seat.value[k], out=term)
    return value


def believed_gain(seat: Seat, value: Array) -> Array:
    """Take off what the others think that no deal is worth to a party on average, in points."""
    return value - float(np.mean(seat.no_deal))


def _others_value(arena: Arena, me: int, beliefs: Sequence[Belief], worlds: slice) -> Array:
    """Average what deals are thought to be worth to the others: (world, deal)."""
    others = [k for k in range(len(arena.seats)) if k != me]
    values = [believed_value(arena.seats[k], beliefs[k].weight[worlds]) for k in others]
    return np.asarray(sum(values[1:], values[0]) / len(values))


def allowed_deals(gain: Gains, crosses: Mask, real: Array) -> Mask:
    """Decide which deals a party may propose, by what pressing on red lines of others may win and lose.

    Lines are pressed on together, as deals cross them: on a set of lines that some deal crosses, a party presses iff
    P(any of them is real) (G + L) < G. L is what it would gain at most by deals that cross no line, which it risks, and
    G how much more by deals that cross no line outside the set, at most; neither is below 0.

    Parameters
    ----------
    gain : float32 array (row, deal)
    crosses : bool array (line, deal)
        Of all lines of all others.
    real : float64 array (row, line)
        How likely the party thinks that each is real.

    Returns
    -------
    bool array (row, deal)
        The deals that cross no line, or none but those of a set that is pressed on.
    """
    said, kind = np.unique(crosses, axis=1, return_inverse=True)
    kind = kind.reshape(-1)
    order = np.argsort(kind, kind="stable")
    starts = np.searchsorted(kind[order], np.arange(said.shape[1]))
    best = np.maximum(np.maximum.reduceat(np.take(gain, order, axis=1), starts, axis=1), 0.0).astype(np.float64)
    free = ~np.any(said, axis=0)
    safe = np.max(best[:, free], axis=1, initial=0.0)
    allowed = np.repeat(free[None], len(gain), axis=0)
    for lines in said.T[~free]:
        within = ~np.any(said[~lines], axis=0)
        more = np.maximum(np.max(best[:, within], axis=1) - safe, 0.0)
        # One by one and in their order, so that the last bits depend on nothing else.
        none_real = reduce(np.multiply, (1 - real[:, line] for line in np.flatnonzero(lines)))
        presses = (1 - none_real) * (more + safe) < more
        allowed |= presses[:, None] & within
    return allowed[:, kind]


def proposals_of(arena: Arena, me: int, row: Index, beliefs: Sequence[Belief], *, alike: bool) -> Mask | None:
    """Tell which deals a party may propose in a session; None where the others have no red lines.

    (row, deal) while all worlds believe ``alike``, (world, deal) else.
    """
    lines = [k for k in range(len(arena.seats)) if k != me and len(arena.seats[k].firmness)]
    if not lines:
        return None
    gain = _listed(arena, me) if alike else rows_of(_listed(arena, me), row)
    crosses = np.concatenate([arena.seats[k].crosses for k in lines])
    real = np.concatenate([beliefs[k].real for k in lines], axis=1)
    real = np.broadcast_to(real[:1], (len(gain), len(crosses))) if alike else real
    allowed = allowed_deals(gain, crosses, real)
    # Who sees no deal beyond the lines of others has nothing to lose by them.
    return allowed | ~np.any(allowed & (gain >= 0), axis=1, keepdims=True)


def menu_of(  # what a menu depends on
    arena: Arena, me: int, row: Index, beliefs: Sequence[Belief], allowed: Mask | None, *, alike: bool
) -> Menu:
    """Write a party's menu for a session, of the deals that `proposals_of` leaves it; while all believe ``alike``."""
    gain = _listed(arena, me) if alike else rows_of(_listed(arena, me), row)
    here = row if alike else np.arange(len(row))
    if arena.rules.offers == "own_rank":
        return own_rank_menu(here, gain, allowed)
    if alike:
        return shared_frontier_menu(row, gain, _others_value(arena, me, beliefs, slice(0, 1))[0], allowed)
    return frontier_menu(here, gain, _others_value(arena, me, beliefs, slice(None)), allowed)


def _listed(arena: Arena, me: int) -> Gains:
    """Give the gains of a party from the deals that tactics may propose; of all others, as if they were ruled out."""
    gain = arena.seats[me].gain
    return gain if arena.listed is None else np.where(arena.listed, gain, np.float32(-np.inf))


def rows_of(gain: Gains, row: Index) -> Gains:
    """Give the gains of each world: (world, deal); the very array where each world has the row of its place."""
    return gain if np.array_equal(row, np.arange(len(gain))) else gain[row]


def outlook_of(  # all that a party knows
    arena: Arena,
    me: int,
    row: Index,
    beliefs: Sequence[Belief],
    allowed: Mask | None,
    menu: Menu,
    start: int,
    parameter: Mapping[str, Array],
) -> Outlook:
    """Put together what a party knows when a session begins; ``allowed`` has the rows of the menu."""
    n = len(row)
    own = rows_of(_listed(arena, me), row)
    expected, p_accept = [], np.ones((n, arena.n_deals))
    for k, other in enumerate(arena.seats):
        if k == me:
            expected.append(own.astype(np.float64) / UNITS_PER_POINT)
            continue
        value = believed_value(other, beliefs[k].weight)
        expected.append(believed_gain(other, value))
        p_accept *= np.searchsorted(other.no_deal, value + 1e-9, side="right") / len(other.no_deal)
        for line, crossed in enumerate(other.crosses):
            p_accept *= np.where(crossed, 1 - beliefs[k].real[:, line : line + 1], 1.0)
    return Outlook(
        me=me,
        own=own,
        expected=tuple(expected),
        p_accept=p_accept,
        allowed=None if allowed is None else allowed[menu.row],
        menu=menu,
        start=start,
        n_rounds=arena.rules.n_rounds,
        discount=_discounts(arena, me, parameter.get("discount", np.ones(n))),
    )


def _discounts(arena: Arena, me: int, own: Array) -> tuple[Array, ...]:
    """Say what waiting a round leaves of a gain: a party takes others to be as patient as it is thought that they are.

    One of whom nothing is thought is taken to be as patient as the party itself.
    """
    return tuple(
        (own if k == me or seat.patience is None else np.full(len(own), seat.patience)) * (1 - arena.p_breakdown)
        for k, seat in enumerate(arena.seats)
    )
