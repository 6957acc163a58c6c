"""Which deals can come up: all outcomes where they are few, otherwise those that the first worlds put forward."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds, outer_sum
from negsim.zone.compiled import Compiled
from negsim.zone.existence import zone_exists
from negsim.zone.merged import PILOT_ZONES, candidate_deals

__all__ = ["MOST_DEALS", "best_deals", "deals_on_the_table", "gains_of"]

MOST_DEALS = 2**11
"""Deals that can come up where outcomes are many."""

_FEW = 8
"""Outcomes are few up to so many times as many, and all of them can come up."""

ALL_DEALS = _FEW * MOST_DEALS
"""Outcomes up to which all can come up if nothing else is asked."""

_PILOT_BLOCKS = 4
"""Blocks of worlds that put deals forward, the first ones; the first of them with a zone put forward its frontier."""


def deals_on_the_table(compiled: Compiled, *, most_deals: int = MOST_DEALS, pilots: int = PILOT_ZONES) -> Outcomes:
    """Choose the deals that can come up, the same for all worlds, in the order of their options.

    Up to eight times as many outcomes as ``most_deals``, 2^14 unless it is given, are all of them. Of more, the first
    256 worlds put forward what is best for each signatory, and of the first 1,024 those with a zone, ``pilots`` at
    most, up to eight efficient deals of it, spread over its frontier; in all at most ``most_deals``.
    """
    structure = compiled.structure
    if structure.n_outcomes <= _FEW * most_deals:
        every = np.arange(structure.n_outcomes)
        return structure.outcomes(*np.divmod(every, structure.n_free))
    pilot = compiled.worlds(0, BLOCK)
    found = dict.fromkeys(name for party in compiled.signatories for name in best_deals(pilot, party).names())
    with_zone = list(_with_zone(compiled, pilot, pilots))
    if with_zone:
        found |= dict.fromkeys(candidate_deals(with_zone, compiled, pilots).names())
    names = np.array(list(found)[:most_deals], np.intp).reshape(-1, 1 + len(structure.free_issues))
    deals = Outcomes(names[:, 0], names[:, 1:])
    return deals.pick(np.lexsort(structure.choices_of(deals).T[::-1]))


def _with_zone(compiled: Compiled, pilot: Worlds, enough: int) -> Iterator[Worlds]:
    found = 0
    for block in range(_PILOT_BLOCKS):
        if found >= enough:
            break
        worlds = pilot if block == 0 else compiled.worlds(block, BLOCK)
        exists = zone_exists(compiled, worlds)
        found += int(np.count_nonzero(exists))
        if np.any(exists):
            yield worlds.select(exists)


def best_deals(worlds: Worlds, party: int) -> Outcomes:
    """Find in each world the outcome that is best for a party, of those that cross no real red line of its own.

    Returns
    -------
    Outcomes
        One for each world in which there is any; of equals the first cell, and the first options.
    """
    every = slice(None)
    values = worlds.free_value[party]
    best = sum((np.max(value, axis=1).astype(np.float64) for value in values), np.zeros(worlds.n_worlds))
    cells = np.arange(worlds.structure.n_cells)
    gain = worlds.kept(party, every, cells) * (best[:, None] - worlds.price(party, every))
    gain[worlds.crosses_real(party, cells)] = -np.inf
    cell = np.argmax(gain, axis=1)
    some = np.isfinite(np.max(gain, axis=1))
    options = [np.argmax(value, axis=1) for value in values]
    free = np.stack(options, axis=1) if options else np.zeros((worlds.n_worlds, 0), np.intp)
    return Outcomes(cell[some], free[some])


def gains_of(worlds: Worlds, party: int, deals: Outcomes) -> NDArray[np.float32]:
    """Give what deals are worth to a party beyond no deal, the risk of breach considered.

    Returns
    -------
    float32 array (world, deal)
        In units; not below 0 exactly where the party accepts the deal. Minus infinity where the deal crosses a red line
        of the party that is real.
    """
    if len(deals) == worlds.structure.n_outcomes:
        return _gains_of_all(worlds, party)
    gain = worlds.gain(party, deals)
    gain[worlds.crosses_real(party, deals.cell)] = -np.inf
    return _signed(gain)


def _gains_of_all(worlds: Worlds, party: int) -> NDArray[np.float32]:
    """Give the gains from all outcomes, in the order of (cell, free options)."""
    structure, every = worlds.structure, slice(None)
    cells = np.arange(structure.n_cells)
    ask = worlds.price(party, every)
    ask[worlds.crosses_real(party, cells)] = np.inf
    values = worlds.free_value[party]
    offer = outer_sum(values) if values else np.zeros((worlds.n_worlds, 1), np.float32)
    if worlds.risk:
        gain = worlds.kept(party, every, cells)[:, :, None] * (offer[:, None, :].astype(np.float64) - ask[:, :, None])
        return _signed(gain).reshape(worlds.n_worlds, -1)
    # Whole numbers below 2^24 or so, which float32 holds exactly; what lies farther is rounded, but not across 0.
    return (offer[:, None, :] - ask[:, :, None].astype(np.float32)).reshape(worlds.n_worlds, -1)


def _signed(gain: NDArray[np.float64]) -> NDArray[np.float32]:
    """Round to float32 without losing the sign of what is nearly nothing."""
    tiny = np.float32(1e-30)
    rounded = gain.astype(np.float32)
    return np.where((gain < 0) & (rounded == 0), -tiny, rounded)
