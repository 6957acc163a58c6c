"""What moves P(zone): how often there is a zone where a quantity is high or low, a red line real or a bluff.

A fifth is taken within each block of worlds, by rank of value, so that blocks stay replicates of one design and can be
counted apart. Nothing is drawn anew.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path, format_path
from negsim.model.draws import Draws
from negsim.model.estimates import Estimate, difference, ratio, stands_out
from negsim.model.quantiles import quantile
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity, bluffable_lines, is_of_bargaining, list_quantities
from negsim.scenario.quantities import Constant, Same
from negsim.scenario.types import Scenario
from negsim.zone.result import CoinMove, Move

__all__ = ["MoveCounts", "count_moves", "moving_coins", "moving_quantities", "summarise_moves"]

_PARTS = 5
"""A top fifth and a bottom fifth."""

Array = NDArray[np.int64]
Group = tuple[Array, Array]
"""Worlds with a zone, and all worlds, of a group: (block,) each."""


@dataclass(frozen=True, slots=True)
class MoveCounts:
    """Worlds counted by block.

    ``fifth`` (block,) is how many worlds a fifth has; ``low`` and ``high`` (block, quantity) how many of the bottom and
    top fifth have a zone; ``real`` (block, coin) in how many worlds a red line is real, ``real_zones`` and
    ``bluff_zones`` (block, coin) in how many of these and of the others there is a zone.
    """

    fifth: Array
    low: Array
    high: Array
    real: Array
    real_zones: Array
    bluff_zones: Array


def moving_quantities(scenario: Scenario) -> tuple[tuple[NamedQuantity, float, float], ...]:
    """List the uncertain quantities, each with the values below and above which its bottom and top fifth lie.

    How parties bargain moves no zone, and is left out. What is the ``same`` as another counts once, by the path of the
    other. A distribution that hardly leaves one value
    has no fifths and is left out.

    Examples
    --------
    >>> from negsim.scenario import loads
    >>> sale = loads('''
    ... negsim: 1
    ... id: sale
    ... title: A sale
    ... issues: {price: {title: Price, scale: 0..100, step: 1}}
    ... parties: {buyer: {title: Buyer, demands: {price: 0}, no_deal: 10..60}}
    ... ''')
    >>> [limits for _, *limits in moving_quantities(sale)]
    [[20.0, 50.0]]
    """
    found = []
    for named in list_quantities(scenario):
        if isinstance(named.quantity, Constant | Same) or is_of_bargaining(named.path):
            continue
        low, high = quantile(named.quantity, named.domain, np.array([1 / _PARTS, 1 - 1 / _PARTS])).tolist()
        if low < high:
            found.append((named, low, high))
    return tuple(found)


def moving_coins(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    """List the red lines that may be bluffs, ``(party, red line)``, in the order of their written paths."""
    return bluffable_lines(scenario)


def count_moves(
    draws: Draws, has_zone: NDArray[np.bool_], paths: Sequence[Path], coins: Sequence[tuple[str, str]]
) -> MoveCounts:
    """Count the zones of one block where quantities are low and high, and red lines real and not.

    Parameters
    ----------
    draws : Draws
    has_zone : bool array (world,)
    paths, coins
        The quantities and the red lines to look at.

    Returns
    -------
    MoveCounts
        Of one block. A fifth of it has a fifth of its worlds, rounded down; of equal values, that of an earlier world
        ranks lower. A block of fewer than 5 worlds adds nothing.
    """
    n_worlds = draws.n_worlds
    fifth = n_worlds // _PARTS
    value = np.array([draws.quantity[path] for path in paths]).reshape(len(paths), n_worlds)
    zone = has_zone[np.argsort(value, axis=1, kind="stable")]
    real = np.array([draws.real[coin] for coin in coins], np.bool_).reshape(len(coins), n_worlds)
    return MoveCounts(
        np.array([fifth], np.int64),
        np.count_nonzero(zone[:, :fifth], axis=1)[None, :],
        np.count_nonzero(zone[:, n_worlds - fifth :], axis=1)[None, :],
        np.count_nonzero(real, axis=1)[None, :],
        np.count_nonzero(real & has_zone, axis=1)[None, :],
        np.count_nonzero(~real & has_zone, axis=1)[None, :],
    )


def summarise_moves(
    scenario: Scenario, counts: MoveCounts, n_worlds: Array
) -> tuple[tuple[Move, ...], tuple[CoinMove, ...]]:
    """Estimate every difference, largest first; equal ones by path, those that cannot be estimated last.

    Whether a difference stands out is judged among all of them, quantities and coins together.
    """
    quantities, coins = moving_quantities(scenario), moving_coins(scenario)
    n_compared = len(quantities) + len(coins)
    moves = []
    for k, (named, below, above) in enumerate(quantities):
        groups = (counts.low[:, k], counts.fifth), (counts.high[:, k], counts.fifth)
        p_low, p_high, more, clear = _compare(*groups, n_worlds, n_compared)
        moves.append(Move(format_path(named.path), below, above, p_low, p_high, more, clear))
    flips = []
    for k, (party, line) in enumerate(coins):
        bluff = (counts.bluff_zones[:, k], n_worlds - counts.real[:, k])
        p_bluff, p_real, more, clear = _compare(
            bluff, (counts.real_zones[:, k], counts.real[:, k]), n_worlds, n_compared
        )
        flips.append(CoinMove(party, line, p_bluff, p_real, more, clear))
    # Both come in the order of their paths, and sorting leaves equals as they are.
    return tuple(sorted(moves, key=_largest_first)), tuple(sorted(flips, key=_largest_first))


def _compare(
    before: Group, after: Group, n_worlds: Array, n_compared: int
) -> tuple[Estimate | None, Estimate | None, Estimate | None, bool]:
    """Estimate P(zone) in two groups, how much higher it is in the second, and whether that stands out."""
    first, second = (ratio(*group, n_worlds) if np.any(group[1]) else None for group in (before, after))
    if first is None or second is None:
        return first, second, None, False
    groups = (*after, *before, n_worlds)
    return first, second, difference(*groups), stands_out(*groups, n_compared)


def _largest_first(move: Move | CoinMove) -> float:
    return 1.0 if move.difference is None else -abs(move.difference.estimate)
