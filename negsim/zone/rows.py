"""Rows and columns of some worlds: what rows require, what columns offer, and which rows can hold a deal at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.zone.consent import Consent, Mask
from negsim.zone.layout import Layout

__all__ = ["Lines", "Sides", "alive_rows", "cut_lines", "short_buffers", "sides_of"]

Units = NDArray[np.float32]

_SIDES = 2**19
"""Requirements and offers (world, party, row or column) laid out at a time: half a megabyte."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Some worlds laid out.

    ``need[party]`` is what rows require, (world, row); ``offer[party]`` what columns offer, (world, column).
    ``most[party]`` is the most that any column offers to a party, (world,), and ``most_together`` the most that any
    offers to all whose acceptance is required, added up.
    """

    worlds: slice
    need: dict[int, Units]
    offer: dict[int, Units]
    most: dict[int, Units]
    most_together: NDArray[np.float64]

    @property
    def n_worlds(self) -> int:
        """Number of worlds laid out."""
        return self.worlds.stop - self.worlds.start


def sides_of(worlds: Worlds, layout: Layout, consent: Consent, span: slice) -> Iterator[Sides]:
    """Lay out worlds, as many at a time as stay in cache."""
    parties = consent.parties
    step = max(1, _SIDES // (len(parties) * max(layout.shape)))
    for start in range(span.start, span.stop, step):
        part = slice(start, min(start + step, span.stop))
        sides = {party: layout.sides(worlds, party, part) for party in parties}
        need = {party: side[0] for party, side in sides.items()}
        offer = {party: side[1] for party, side in sides.items()}
        most = {party: layout.most(worlds, (party,), part, offer).astype(np.float32) for party in parties}
        yield Sides(part, need, offer, most, layout.most(worlds, consent.required, part, offer))


def alive_rows(sides: Sides, consent: Consent) -> Mask:
    """Tell which rows may hold an outcome of the zone: (world, row). The others need not be tested.

    A row is out if it requires more of one party than any column offers, or of all together than any column does.
    """
    possible = {party: need <= sides.most[party][:, None] for party, need in sides.need.items()}
    alive = np.ones_like(possible[consent.parties[0]])
    for party in consent.required:
        alive &= possible[party]
    if len(consent.required) > 1:
        # In float64, since sums over parties leave the range in which float32 is exact.
        together = np.zeros(alive.shape)
        for party in consent.required:
            together += sides.need[party]
        alive &= together <= sides.most_together[:, None]
    if consent.voters:
        votes = np.sum([possible[party] for party in consent.voters], axis=0, dtype=np.uint16)
        alive &= votes >= consent.quorum
    return alive


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of some worlds one below the other, those of a world together: the world and row of each line.

    ``bounds`` says where the lines of each world from ``first`` on begin and end.
    """

    world: NDArray[np.intp]
    row: NDArray[np.intp]
    first: int
    bounds: NDArray[np.intp]

    def parts(self) -> Iterator[tuple[int, slice]]:
        """Give each world that has lines, and where they are."""
        ends = pairwise(self.bounds.tolist())
        return ((world, slice(a, b)) for world, (a, b) in enumerate(ends, start=self.first) if a < b)

    def accepts(self, sides: Sides, party: int, out: Mask) -> None:
        """Write where a party accepts: ``out[line, column]``."""
        need, offer = sides.need[party][self.world, self.row][:, None], sides.offer[party]
        for world, part in self.parts():
            np.greater_equal(offer[world], need[part], out=out[part])


def cut_lines(rows: Mask, n_lines: int) -> Iterator[Lines]:
    """Cut the rows marked, (world, row), into runs of whole worlds with at most ``n_lines`` lines each.

    No world may have more lines than that.
    """
    world, row = np.nonzero(rows)
    starts = np.searchsorted(world, np.arange(len(rows) + 1))
    first = 0
    while first < len(rows):
        last = int(np.searchsorted(starts, starts[first] + n_lines, side="right")) - 1
        lines = slice(starts[first], starts[last])
        if lines.start < lines.stop:
            yield Lines(world[lines], row[lines], first, starts[first : last + 1] - lines.start)
        first = last


@contextmanager
def short_buffers() -> Iterator[None]:
    """Keep numpy from copying broadcast operands into its buffers of 8,192, which triples the time of a comparison."""
    before = np.setbufsize(256)
    try:
        yield
    finally:
        np.setbufsize(before)
