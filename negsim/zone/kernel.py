"""The hot loop: in each world, which outcomes lie in the zone.

Everything is a comparison of what a column offers with what a row requires (see `layout`), exact in float32. Rows
that no column can satisfy are left out before any outcome is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from negsim.model.worlds import Worlds
from negsim.scenario.types import Role, Scenario
from negsim.zone.layout import Layout

__all__ = ["Consent", "Tally", "ZoneBlock", "consent_of", "find_zones"]

Units = NDArray[np.float32]
Mask = NDArray[np.bool_]

_MASK = 2**18
"""Outcomes tested in one call: enough to make the call's own cost small, few enough to stay in cache."""

_SIDES = 2**17
"""Requirements and offers (world, party, row or column) laid out at a time: half a megabyte."""

_HITS = 2**22
"""Rows and columns (world, row or column) whose hits are held at a time: four megabytes."""

_SLACK = np.float32(64)
"""Units by which sums over a few parties may be off, since they leave the range in which float32 is exact."""

_FLUSH = 255
"""The most worlds that a byte can count."""


@dataclass(frozen=True, slots=True)
class Consent:
    """Whose acceptance makes an outcome part of the zone, as positions among the parties.

    ``required`` must accept wherever the outcome needs them; of ``voters`` at least ``quorum`` must. Unanimity has
    no voters.
    """

    required: tuple[int, ...]
    voters: tuple[int, ...]
    quorum: int


def consent_of(scenario: Scenario) -> Consent:
    """Read the agreement rule: unanimity of signatories, or a quorum of them with vetoes; others where they consent."""
    parties, agreement = scenario.parties, scenario.agreement
    signatories = tuple(k for k, party in enumerate(parties) if party.role is Role.SIGNATORY)
    consulted = tuple(
        k for k, party in enumerate(parties) if party.role is not Role.SIGNATORY and party.consents_to is not None
    )
    if agreement.quorum is None:
        return Consent(tuple(sorted(signatories + consulted)), (), 0)
    vetoes = tuple(k for k in signatories if parties[k].id in agreement.vetoes)
    return Consent(tuple(sorted(vetoes + consulted)), signatories, agreement.quorum)


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


def find_zones(worlds: Worlds, layout: Layout, consent: Consent, tally: Tally) -> ZoneBlock:
    """Find the zone of every world of a block, adding its outcomes to a tally.

    Parameters
    ----------
    worlds : Worlds
    layout : Layout
        Of the same structure.
    consent : Consent
    tally : Tally
        Changed in place.

    Returns
    -------
    ZoneBlock
    """
    size = np.zeros(worlds.n_worlds, np.int64)
    present: list[Mask] = []
    parties = sorted({*consent.required, *consent.voters})
    n_rows, n_columns = layout.shape
    scratch = _Scratch.of(layout)
    n_sides = max(1, min(_FLUSH, _SIDES // (len(parties) * max(n_rows, n_columns))))
    with _short_buffers():
        for span in _slices(0, worlds.n_worlds, max(1, _HITS // (n_rows + n_columns))):
            n_worlds = span.stop - span.start
            found = _Found(
                size[span], np.zeros((n_worlds, n_rows), np.bool_), np.zeros((n_worlds, n_columns), np.bool_)
            )
            for part in _slices(span.start, span.stop, n_sides):
                sides = {party: layout.sides(worlds, party, part) for party in parties}
                _test(sides, consent, scratch, tally, found.part(part.start - span.start, part.stop - span.start))
            present.append(layout.choices_present(found.row_hit, found.column_hit))
    return ZoneBlock(size, np.concatenate(present))


def _slices(start: int, stop: int, step: int) -> Iterator[slice]:
    return (slice(a, min(a + step, stop)) for a in range(start, stop, step))


Sides = dict[int, tuple[Units, Units]]
"""For each party what rows require, (world, row), and what columns offer, (world, column)."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What is found in some worlds, written in place: zone sizes, and rows and columns with an outcome of the zone."""

    size: NDArray[np.int64]
    row_hit: Mask
    column_hit: Mask

    def part(self, start: int, stop: int) -> _Found:
        return _Found(self.size[start:stop], self.row_hit[start:stop], self.column_hit[start:stop])


@dataclass(frozen=True, slots=True)
class _Scratch:
    """Masks to write into, ``(line, column)``, long enough for every row of one world at least."""

    mask: Mask
    other: Mask
    votes: NDArray[np.uint8]

    @classmethod
    def of(cls, layout: Layout) -> _Scratch:
        n_rows, n_columns = layout.shape
        shape = max(n_rows, _MASK // n_columns), n_columns
        return cls(np.empty(shape, np.bool_), np.empty(shape, np.bool_), np.empty(shape, np.uint8))


def _test(sides: Sides, consent: Consent, scratch: _Scratch, tally: Tally, found: _Found) -> None:
    """Test the outcomes of some worlds, only in the rows that may hold one of the zone.

    Such rows stand one below the other as lines of a mask, those of a world together.
    """
    world, row = np.nonzero(_alive(sides, consent))
    starts = np.searchsorted(world, np.arange(len(found.size) + 1))
    for first, last in _batches(starts, len(scratch.mask)):
        lines = slice(starts[first], starts[last])
        if lines.start == lines.stop:
            continue
        batch = _Batch(world[lines], row[lines], first, starts[first : last + 1] - lines.start)
        mask = _zone_mask(sides, consent, scratch, batch)
        found.row_hit[batch.world, batch.row] = np.any(mask, axis=1)
        for living, part in batch.parts():
            zone = mask[part]
            found.size[living] = n = np.count_nonzero(zone)
            if n:
                np.logical_or.reduce(zone, axis=0, out=found.column_hit[living])
                tally.add(zone, batch.row[part])


@dataclass(frozen=True, slots=True)
class _Batch:
    """The lines of some worlds from ``first`` on: the world and row of each, and where each world's begin and end."""

    world: NDArray[np.intp]
    row: NDArray[np.intp]
    first: int
    bounds: NDArray[np.intp]

    def parts(self) -> Iterator[tuple[int, slice]]:
        """Give each world that has lines, and where they are."""
        ends = pairwise(self.bounds.tolist())
        return ((world, slice(a, b)) for world, (a, b) in enumerate(ends, start=self.first) if a < b)


def _batches(starts: NDArray[np.intp], n_lines: int) -> Iterator[tuple[int, int]]:
    """Cut worlds into runs ``first, last`` with at most ``n_lines`` lines each; one world never has more."""
    first = 0
    while first < len(starts) - 1:
        last = int(np.searchsorted(starts, starts[first] + n_lines, side="right")) - 1
        yield first, last
        first = last


def _alive(sides: Sides, consent: Consent) -> Mask:
    """Tell which rows may hold an outcome of the zone: (world, row). Others need not be tested."""
    possible = {party: need <= np.max(offer, axis=1, keepdims=True) for party, (need, offer) in sides.items()}
    alive = np.ones_like(next(iter(possible.values())))
    for party in consent.required:
        alive &= possible[party]
    if len(consent.required) > 1:
        # What all require together must be offered together by some column.
        required = [sides[party] for party in consent.required]
        needs, offers = (sum(side[1:], start=side[0]) for side in zip(*required, strict=True))
        alive &= needs <= np.max(offers, axis=1, keepdims=True) + _SLACK
    if consent.voters:
        votes = np.sum([possible[party] for party in consent.voters], axis=0, dtype=np.uint8)
        alive &= votes >= consent.quorum
    return alive


def _zone_mask(sides: Sides, consent: Consent, scratch: _Scratch, batch: _Batch) -> Mask:
    """Compare offers with requirements, party by party: the zone as ``mask[line, column]``."""
    n_lines = len(batch.row)
    mask, other, votes = scratch.mask[:n_lines], scratch.other[:n_lines], scratch.votes[:n_lines]

    def compare(party: int, out: Mask) -> None:
        need, offer = sides[party][0][batch.world, batch.row][:, None], sides[party][1]
        for world, part in batch.parts():
            np.greater_equal(offer[world], need[part], out=out[part])

    if consent.voters:
        votes.fill(0)
        for party in consent.voters:
            compare(party, other)
            np.add(votes, other.view(np.uint8), out=votes)
        np.greater_equal(votes, np.uint8(consent.quorum), out=mask)
    for place, party in enumerate(consent.required):
        target = mask if place == 0 and not consent.voters else other
        compare(party, target)
        if target is other:
            np.logical_and(mask, other, out=mask)
    return mask


@contextmanager
def _short_buffers() -> Iterator[None]:
    """Keep numpy from copying broadcast operands into its buffers of 8,192, which triples the time of a comparison."""
    before = np.setbufsize(256)
    try:
        yield
    finally:
        np.setbufsize(before)
