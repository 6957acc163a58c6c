"""The hot loop: in each world, which outcomes lie in the zone.

Everything is a comparison of what a column offers with what a row requires (see `layout`), exact in float32. Rows
that no column can satisfy are left out before any outcome is touched.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.zone.consent import Consent, Mask, Masks
from negsim.zone.layout import Layout
from negsim.zone.rows import Lines, Sides, alive_rows, cut_lines, short_buffers, sides_of

__all__ = ["Tally", "ZoneBlock", "find_zones", "has_zone"]

_MASK = 2**18
"""Outcomes tested in one go: enough to make each call's own cost small, few enough to stay in cache."""

_HITS = 2**22
"""Rows and columns (world, row or column) whose hits are held at a time: four megabytes."""

_FLUSH = 255
"""The most worlds that a byte can count."""


@dataclass(slots=True)
class Tally:
    """How often each outcome was in the zone, over the worlds seen: ``total[row, column]`` once flushed."""

    total: NDArray[np.uint32]
    recent: NDArray[np.uint8]
    n_recent: int = 0

    @classmethod
    def empty(cls, layout: Layout) -> Tally:
        """Start a tally at zero."""
        return cls(np.zeros(layout.shape, np.uint32), np.zeros(layout.shape, np.uint8))

    def add(self, zone: Mask, rows: NDArray[np.intp]) -> None:
        """Count one world: its zone over the rows named, (row, column)."""
        if self.n_recent == _FLUSH:
            self.flush()
        self.n_recent += 1
        counts = self.recent.take(rows, axis=0)
        np.add(counts, zone.view(np.uint8), out=counts)
        self.recent[rows] = counts

    def flush(self) -> None:
        """Move the byte counters into the total."""
        self.total += self.recent
        self.recent.fill(0)
        self.n_recent = 0


@dataclass(frozen=True, slots=True)
class ZoneBlock:
    """What one block of worlds holds: zone sizes, and the choices that occur in a zone.

    ``size[world]`` counts outcomes; ``present[world, choice]`` runs over the choices of all issues in a row.
    """

    size: NDArray[np.int64]
    present: Mask


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found in some worlds, written in place: zone sizes, and rows and columns with an outcome of the zone."""

    size: NDArray[np.int64]
    row_hit: Mask
    column_hit: Mask


def find_zones(worlds: Worlds, layout: Layout, consent: Consent, tally: Tally | None = None) -> ZoneBlock:
    """Find the zone of every world of a block, adding its outcomes to a tally if there is one.

    Parameters
    ----------
    worlds : Worlds
    layout : Layout
        Of the same structure.
    consent : Consent
    tally : Tally, optional
        Changed in place.

    Returns
    -------
    ZoneBlock
    """
    n_rows, n_columns = layout.shape
    masks = _masks(layout)
    blocks = []
    with short_buffers():
        for span in _spans(worlds.n_worlds, max(1, _HITS // (n_rows + n_columns))):
            shape = span.stop - span.start
            found = _Found(
                np.zeros(shape, np.int64), np.zeros((shape, n_rows), np.bool_), np.zeros((shape, n_columns), np.bool_)
            )
            for sides in sides_of(worlds, layout, consent, span):
                _test(sides, consent, masks, tally, found, sides.worlds.start - span.start)
            blocks.append(ZoneBlock(found.size, layout.choices_present(found.row_hit, found.column_hit)))
    return ZoneBlock(
        np.concatenate([block.size for block in blocks]), np.concatenate([block.present for block in blocks])
    )


def has_zone(worlds: Worlds, layout: Layout, consent: Consent) -> Mask:
    """Tell only which worlds of a block have a zone: bool array (world,), several times faster than `find_zones`.

    Parameters
    ----------
    worlds : Worlds
    layout : Layout
        Of the same structure.
    consent : Consent

    Returns
    -------
    bool array (world,)
    """
    masks = _masks(layout)
    with short_buffers():
        parts = [
            _exists(sides, consent, masks) for sides in sides_of(worlds, layout, consent, slice(0, worlds.n_worlds))
        ]
    return np.concatenate(parts)


def _masks(layout: Layout) -> Masks:
    """Reserve masks (line, column), long enough for every row of one world at least."""
    n_rows, n_columns = layout.shape
    return Masks.empty((max(n_rows, _MASK // n_columns), n_columns))


def _spans(n_worlds: int, step: int) -> Iterator[slice]:
    return (slice(start, min(start + step, n_worlds)) for start in range(0, n_worlds, step))


def _test(sides: Sides, consent: Consent, masks: Masks, tally: Tally | None, found: _Found, start: int) -> None:
    """Test the outcomes of the worlds laid out, which are those from ``start`` on of what is found."""
    for lines in cut_lines(alive_rows(sides, consent), len(masks.zone)):
        mask = _zone_of(lines, sides, consent, masks)
        found.row_hit[start + lines.world, lines.row] = np.any(mask, axis=1)
        for world, part in lines.parts():
            zone = mask[part]
            found.size[start + world] = n = np.count_nonzero(zone)
            if n:
                np.logical_or.reduce(zone, axis=0, out=found.column_hit[start + world])
                if tally is not None:
                    tally.add(zone, lines.row[part])


def _zone_of(lines: Lines, sides: Sides, consent: Consent, masks: Masks) -> Mask:
    return consent.combine(lambda party, out: lines.accepts(sides, party, out), masks.first(len(lines.row)))


def _exists(sides: Sides, consent: Consent, masks: Masks) -> Mask:
    """Tell which of the worlds laid out have a zone: by their most promising row, then by all others."""
    alive = alive_rows(sides, consent)
    asked = np.sum([sides.need[party] for party in consent.parties], axis=0)
    best = np.argmin(np.where(alive, asked, np.inf), axis=1)
    every = np.arange(sides.n_worlds)
    exists = np.zeros(sides.n_worlds, np.bool_)
    for part in _spans(sides.n_worlds, len(masks.zone)):
        rows = best[part]

        def accepts(party: int, out: Mask, part: slice = part, rows: NDArray[np.intp] = rows) -> None:
            np.greater_equal(sides.offer[party][part], sides.need[party][every[part], rows][:, None], out=out)

        exists[part] = np.any(consent.combine(accepts, masks.first(len(rows))), axis=1)
    alive[exists] = False
    alive[every, best] = False
    for lines in cut_lines(alive, len(masks.zone)):
        hit = np.any(_zone_of(lines, sides, consent, masks), axis=1)
        exists[lines.world[hit]] = True
    return exists
