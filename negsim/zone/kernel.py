"""The hot loop: in each world, which outcomes lie in the zone.

Everything is a comparison of what a column offers with what a row requires (see `layout`), exact in float32. Rows
that no column can satisfy are left out before any outcome is touched.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

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

    def add(self, mask: Mask, rows: NDArray[np.intp] | slice) -> None:
        """Count one world: ``mask[row, column]`` over the rows named."""
        self._make_room(1)
        self.recent[rows] += mask.view(np.uint8)

    def add_all(self, mask: Mask) -> None:
        """Count several worlds at once, 255 at most: ``mask[world, row, column]`` over all rows."""
        self._make_room(len(mask))
        self.recent += np.add.reduce(mask.view(np.uint8), axis=0, dtype=np.uint8)

    def _make_room(self, n_worlds: int) -> None:
        if self.n_recent + n_worlds > _FLUSH:
            self.flush()
        self.n_recent += n_worlds

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
    scratch = _Scratch.of(layout)
    n_rows, n_columns = layout.shape
    n_sides = max(1, _SIDES // (len(parties) * max(n_rows, n_columns)))
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
    """Masks to write into, large enough for ``batch`` whole worlds at a time."""

    mask: Mask
    other: Mask
    votes: NDArray[np.uint8]
    batch: int

    @classmethod
    def of(cls, layout: Layout) -> _Scratch:
        n_rows, n_columns = layout.shape
        batch = min(_FLUSH, max(1, _MASK // (n_rows * n_columns)))
        n = batch * n_rows * n_columns
        return cls(np.empty(n, np.bool_), np.empty(n, np.bool_), np.empty(n, np.uint8), batch)

    def shaped(self, shape: tuple[int, ...]) -> tuple[Mask, Mask, NDArray[np.uint8]]:
        n = int(np.prod(shape))
        return self.mask[:n].reshape(shape), self.other[:n].reshape(shape), self.votes[:n].reshape(shape)


Sides = dict[int, tuple[Units, Units]]


def _test(sides: Sides, consent: Consent, scratch: _Scratch, tally: Tally, found: _Found) -> None:
    """Test the outcomes of some worlds: all rows in few calls, or world by world the rows that may hold something."""
    alive = _alive(sides, consent)
    if scratch.batch > 1 and 2 * np.count_nonzero(alive) > alive.size:
        _test_all(sides, consent, scratch, tally, found)
    else:
        _test_alive(sides, alive, consent, scratch, tally, found)


def _alive(sides: Sides, consent: Consent) -> Mask:
    """Tell which rows may hold an outcome of the zone: (world, row). Others need not be tested."""
    possible = {party: need <= np.max(offer, axis=1, keepdims=True) for party, (need, offer) in sides.items()}
    alive = np.ones_like(next(iter(possible.values())))
    for party in consent.required:
        alive &= possible[party]
    if consent.voters:
        votes = np.sum([possible[party] for party in consent.voters], axis=0, dtype=np.uint8)
        alive &= votes >= consent.quorum
    return alive


def _test_all(sides: Sides, consent: Consent, scratch: _Scratch, tally: Tally, found: _Found) -> None:
    for batch in _slices(0, len(found.size), scratch.batch):
        pairs = {party: (need[batch, :, None], offer[batch, None, :]) for party, (need, offer) in sides.items()}
        shape = (batch.stop - batch.start, found.row_hit.shape[1], found.column_hit.shape[1])
        mask = _zone_mask(pairs, consent, scratch.shaped(shape))
        np.any(mask, axis=2, out=found.row_hit[batch])
        np.any(mask, axis=1, out=found.column_hit[batch])
        found.size[batch] = [np.count_nonzero(zone) for zone in mask]
        tally.add_all(mask)


def _test_alive(sides: Sides, alive: Mask, consent: Consent, scratch: _Scratch, tally: Tally, found: _Found) -> None:
    n_rows, n_columns = found.row_hit.shape[1], found.column_hit.shape[1]
    for world in range(len(alive)):
        living = np.flatnonzero(alive[world])
        if len(living) == 0:
            continue
        rows = slice(None) if len(living) == n_rows else living
        pairs = {party: (need[world, rows, None], offer[world]) for party, (need, offer) in sides.items()}
        mask = _zone_mask(pairs, consent, scratch.shaped((len(living), n_columns)))
        found.row_hit[world, rows] = np.any(mask, axis=1)
        np.any(mask, axis=0, out=found.column_hit[world])
        found.size[world] = np.count_nonzero(mask)
        tally.add(mask, rows)


def _zone_mask(
    pairs: dict[int, tuple[Units, Units]], consent: Consent, scratch: tuple[Mask, Mask, NDArray[np.uint8]]
) -> Mask:
    """Compare offers with requirements, party by party, into a mask of the zone."""
    mask, other, votes = scratch
    if consent.voters:
        votes.fill(0)
        for party in consent.voters:
            need, offer = pairs[party]
            np.greater_equal(offer, need, out=other)
            np.add(votes, other.view(np.uint8), out=votes)
        np.greater_equal(votes, np.uint8(consent.quorum), out=mask)
    for place, party in enumerate(consent.required):
        need, offer = pairs[party]
        target = mask if place == 0 and not consent.voters else other
        np.greater_equal(offer, need, out=target)
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
