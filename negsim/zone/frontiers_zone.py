"""Which efficient outcomes of some parties are in the zone of a world, all others' acceptances included."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.solutions.completions import complete
from negsim.solutions.merging import Merged, TooManyPoints, merge, most_sums
from negsim.zone.compiled import Compiled
from negsim.zone.consent import Consent, Masks
from negsim.zone.frontiers_merging import EfficientCells

__all__ = ["Outcome", "ZoneOf", "zone_of"]

Outcome = tuple[int, tuple[int, ...]]
"""A cell, and the option of each free issue."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ZoneOf:
    """The zone of one world, as far as efficient outcomes of some parties can be part of it.

    ``merged`` holds the efficient sums of the free issues, last issue first, for these parties and those others that
    some of the cells can leave short; ``row`` says which row of it is whose, and the first ``n_exact`` are those of
    the parties themselves. ``asks[party][kind]`` (cell,) is what the free issues must add up to: -inf where the party
    is not asked, inf where it would cross a real red line. ``sums`` finds efficient sums by those of the parties.

    Any outcome of the zone that is efficient for these parties has an efficient sum that gives them the same and all
    others no less, so that these sums miss none.
    """

    consent: Consent
    cells: EfficientCells
    merged: Merged
    row: dict[int, int]
    n_exact: int
    asks: dict[int, list[Points]]
    sums: dict[tuple[float, ...], list[int]]

    def find(self, kind: int, target: Points) -> Outcome | None:
        """Find an outcome of the zone with a cell of a kind and just these sums (party,); None if there is none."""
        places = self.sums[tuple(target.tolist())]
        front = self.merged.front[:, places]

        def accepts(party: int, out: NDArray[np.bool_]) -> None:
            sums = front[self.row[party]] if party in self.row else np.zeros(len(places))
            np.less_equal(self.asks[party][kind][:, None], sums, out=out)

        zone = self.consent.combine(accepts, Masks.empty((len(self.cells.members[kind]), len(places))))
        found = np.argwhere(zone)
        if not len(found):
            return None
        cell, place = found[0].tolist()
        exact = np.arange(len(front)) < self.n_exact
        wanted = np.where(exact, front[:, place], -np.inf)
        for party, row in self.row.items():
            # Under a quorum, whoever does not accept here need not accept what is chosen either.
            if row >= self.n_exact and self.asks[party][kind][cell] <= front[row, place]:
                wanted[row] = self.asks[party][kind][cell]
        free = complete(self.merged, wanted, exact).first
        return int(self.cells.members[kind][cell]), free[::-1]


def zone_of(compiled: Compiled, worlds: Worlds, parties: Sequence[int], cells: EfficientCells) -> ZoneOf | None:
    """Prepare to look for outcomes of the zone of one world; None if that takes too many efficient sums."""
    consent = compiled.consent
    asks = {party: [_asks(worlds, party, members) for members in cells.members] for party in consent.parties}
    short = [party for party in consent.parties if party not in parties and _can_be_short(worlds, party, asks[party])]
    rows = [*parties, *short]
    try:
        merged = merge(worlds.free_values(rows, 0)[::-1], len(rows), max_points=most_sums(len(rows)))
    except TooManyPoints:
        return None
    sums: dict[tuple[float, ...], list[int]] = {}
    for place, point in enumerate(merged.front[: len(parties)].T.tolist()):
        sums.setdefault(tuple(point), []).append(place)
    asks |= {
        party: [np.where(one < np.inf, -np.inf, one) for one in asks[party]] for party in asks if party not in rows
    }
    return ZoneOf(consent, cells, merged, {party: row for row, party in enumerate(rows)}, len(parties), asks, sums)


def _asks(worlds: Worlds, party: int, cells: NDArray[np.intp]) -> Points:
    """Say what the free issues must add up to for a party to accept in some cells: (cell,), in units."""
    price = worlds.price(party, slice(None), cells)[0]
    price = np.where(worlds.crosses_real(party, cells)[0], np.inf, price)
    return np.where(worlds.structure.parties[party].needed[cells], price, -np.inf)


def _can_be_short(worlds: Worlds, party: int, asks: Sequence[Points]) -> bool:
    """Tell whether some sum of the free issues can be less than a party asks for."""
    least = sum(float(np.min(value[0])) for value in worlds.free_value[party])
    return any(bool(np.any((one > least) & (one < np.inf))) for one in asks)
