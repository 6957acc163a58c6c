"""Getting ready for a session: what a party may offer, given what it believes of the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Arena, Seat
from negsim.bargaining.beliefs import Belief
from negsim.bargaining.menus import Menu, frontier_menu, own_rank_menu, shared_frontier_menu
from negsim.bargaining.tactics.base import Array, Outlook
from negsim.model.values import UNITS_PER_POINT

__all__ = ["believed_gain", "believed_value", "menu_of", "outlook_of", "pressed_lines", "ranks"]

Index = NDArray[np.intp]
Gains = NDArray[np.float32]
Mask = NDArray[np.bool_]


def believed_value(seat: Seat, weight: Array) -> Array:
    """Give what the others think that deals are worth to a party: (world, deal) from weights (world, hypothesis)."""
    # Term by term, not as a matrix product, whose last bits depend on the number of threads.
    value = weight[:, :1] * seat.value[0]
    for k in range(1, len(seat.value)):
        value = value + weight[:, k : k + 1] * seat.value[k]
    return value


def believed_gain(seat: Seat, value: Array) -> Array:
    """Take off what the others think that no deal is worth to a party on average, in points."""
    return value - float(np.mean(seat.no_deal))


def _others_value(arena: Arena, me: int, beliefs: Sequence[Belief], worlds: slice) -> Array:
    """Average what deals are thought to be worth to the others: (world, deal)."""
    others = [k for k in range(len(arena.seats)) if k != me]
    values = [believed_value(arena.seats[k], beliefs[k].weight[worlds]) for k in others]
    return np.asarray(sum(values[1:], values[0]) / len(values))


def pressed_lines(gain: Gains, crosses: Mask, real: Array) -> tuple[Mask, Mask]:
    """Decide which red lines of others to press on, by what that may win and lose.

    A party presses on a line iff P(real) < G / (G + L): G is what it would gain more by deals that cross the line, at
    most, and L what it would gain by deals that cross none, which it risks.

    Parameters
    ----------
    gain : float32 array (row, deal)
    crosses : bool array (line, deal)
        Of all lines of all others.
    real : float64 array (row, line)
        How likely the party thinks that each is real.

    Returns
    -------
    pressed : bool array (row, line)
    allowed : bool array (row, deal)
        The deals that cross no line but those pressed.
    """
    said, kind = np.unique(crosses, axis=1, return_inverse=True)
    kind = kind.reshape(-1)
    order = np.argsort(kind, kind="stable")
    starts = np.searchsorted(kind[order], np.arange(said.shape[1]))
    best = np.maximum(np.maximum.reduceat(np.take(gain, order, axis=1), starts, axis=1), 0.0).astype(np.float64)
    safe = np.max(np.where(~np.any(said, axis=0), best, 0.0), axis=1)
    pressed = np.empty(real.shape, np.bool_)
    for line in range(len(crosses)):
        beyond = ~np.any(np.delete(said, line, axis=0), axis=0)
        more = np.maximum(np.max(np.where(beyond, best, 0.0), axis=1) - safe, 0.0)
        pressed[:, line] = real[:, line] * (more + safe) < more
    allowed_kind = ~np.any(said[None] & ~pressed[:, :, None], axis=1)
    return pressed, allowed_kind[:, kind]


def menu_of(arena: Arena, me: int, row: Index, beliefs: Sequence[Belief], order: Index | None) -> Menu:
    """Write a party's menu for a session.

    ``order`` (world, deal) ranks deals by what they are worth to the party; None while all worlds believe alike.
    """
    seat, rules = arena.seats[me], arena.rules
    lines = [k for k in range(len(arena.seats)) if k != me and len(arena.seats[k].firmness)]
    alike = order is None
    gain = seat.gain if alike else seat.gain[row]
    allowed = None
    if lines:
        crosses = np.concatenate([arena.seats[k].crosses for k in lines])
        real = np.concatenate([beliefs[k].real for k in lines], axis=1)
        real = np.broadcast_to(real[:1], (len(gain), len(crosses))) if alike else real
        allowed = pressed_lines(gain, crosses, real)[1]
        # Who sees no deal beyond the lines of others has nothing to lose by them.
        allowed |= ~np.any(allowed & (gain >= 0), axis=1, keepdims=True)
    here = row if alike else np.arange(len(row))
    if rules.offers == "own_rank":
        return own_rank_menu(here, gain, allowed)
    if order is None:
        return shared_frontier_menu(row, gain, _others_value(arena, me, beliefs, slice(0, 1))[0], allowed)
    return frontier_menu(here, gain, _others_value(arena, me, beliefs, slice(None)), order, allowed)


def outlook_of(
    arena: Arena, me: int, row: Index, beliefs: Sequence[Belief], menu: Menu, start: int, parameter: Mapping[str, Array]
) -> Outlook:
    """Put together what a party knows when a session begins."""
    seat, n = arena.seats[me], len(row)
    own = seat.gain[row]
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


def ranks(gain: Gains) -> Index:
    """Rank deals by what they are worth to a party, ascending, of equals the last first: (row, deal)."""
    return gain.shape[1] - 1 - np.argsort(gain[:, ::-1], axis=1, kind="stable")
