"""What can keep an outcome out of the zone: the red lines and no-deal values of those who must accept.

A set of constraints is a whole number, one bit each: first the red lines, then the no-deal values of the parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from negsim.model.structure import Structure
from negsim.records import dataclass
from negsim.zone.consent import Consent

__all__ = ["Constraints", "bits_of", "constraints_of", "inclusion_minimal"]


_MOST_WAYS = 10_000
"""The most sets of refusing voters that are gone through for an outcome."""


@dataclass(frozen=True)
class Constraints:
    """The constraints of a scenario, and which of them each group of cells can violate.

    ``parties`` are those whose acceptance can matter, ``lines`` their red lines as ``(place in parties, red line)``.
    Cells whose conditions say the same of lines and consent share a group: ``cells`` lists all cells group by group,
    ``group`` names the group of each of them. ``crossed[group, line]`` is true where crossing the line matters,
    ``needed[group, party]`` where the agreement looks at the party at all.
    """

    consent: Consent
    parties: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]
    cells: NDArray[np.intp]
    group: NDArray[np.intp]
    crossed: NDArray[np.bool_]
    needed: NDArray[np.bool_]

    @cached_property
    def owned(self) -> tuple[int, ...]:
        """The set of all constraints of each party."""
        owned = [1 << (len(self.lines) + place) for place in range(len(self.parties))]
        for bit, (place, _) in enumerate(self.lines):
            owned[place] |= 1 << bit
        return tuple(owned)

    @cached_property
    def line_bits(self) -> NDArray[np.int64] | NDArray[np.object_]:
        """The bit of each red line, to add up over those broken: (line,)."""
        bits = [1 << bit for bit in range(len(self.lines))]
        return np.array(bits, np.int64 if len(bits) < 63 else object)

    def no_deal(self, place: int) -> int:
        """Give the set that holds the no-deal value of one party alone."""
        return 1 << (len(self.lines) + place)

    def places(self, constraints: int) -> list[int]:
        """Name the parties, by place, whose no-deal values are in a set."""
        return [bit - len(self.lines) for bit in bits_of(constraints) if bit >= len(self.lines)]

    def allows(self, violated: int) -> bool:
        """Tell whether an outcome with these violations is in the zone: the agreement can do without who refuses."""
        refusing = {party for party, own in zip(self.parties, self.owned, strict=True) if violated & own}
        voting = [party for party in self.consent.voters if party not in refusing]
        return refusing.isdisjoint(self.consent.required) and len(voting) >= self.consent.quorum

    @property
    def has_few_ways(self) -> bool:
        """Whether `ways` lists few enough sets to go through them: at most one for each choice of a quorum."""
        return comb(len(self.consent.voters), self.consent.quorum) <= _MOST_WAYS

    def ways(self, violated: int) -> tuple[int, ...]:
        """List the sets of constraints that would have to fall for an outcome to enter the zone.

        Under unanimity all that the outcome violates; under a quorum, those of so many refusing parties as it lacks.
        """
        return _ways(self.consent, self.parties, self.owned, violated)


@lru_cache(maxsize=2**16)
def _ways(consent: Consent, parties: tuple[int, ...], owned: tuple[int, ...], violated: int) -> tuple[int, ...]:
    if not consent.voters:
        return (violated,)
    refusing = {party: violated & own for party, own in zip(parties, owned, strict=True) if violated & own}
    must = _union(refusing[party] for party in refusing if party in consent.required)
    free = [party for party in refusing if party in consent.voters and party not in consent.required]
    short = consent.quorum - (len(consent.voters) - len(free))
    if short <= 0:
        return (must,)
    return tuple(must | _union(refusing[party] for party in chosen) for chosen in combinations(free, short))


def _union(sets: Iterable[int]) -> int:
    union = 0
    for one in sets:
        union |= one
    return union


def bits_of(constraints: int) -> Iterator[int]:
    """Name the bits of a set, from the lowest.

    >>> list(bits_of(0b1010))
    [1, 3]
    """
    return (bit for bit in range(constraints.bit_length()) if constraints >> bit & 1)


def inclusion_minimal(sets: Iterable[int]) -> list[int]:
    """Keep the sets that hold no other, smallest first, then by their bits.

    >>> inclusion_minimal([0b110, 0b011, 0b010])
    [2]
    """
    kept: list[int] = []
    for one in sorted(set(sets), key=lambda one: (one.bit_count(), one)):
        if not any(other & one == other for other in kept):
            kept.append(one)
    return kept


def constraints_of(structure: Structure, consent: Consent) -> Constraints:
    """Find the constraints of a compiled scenario."""
    parties = consent.parties
    needed = np.stack([_looked_at(structure, consent, party) for party in parties], axis=1)
    lines, crossed = [], [np.zeros((structure.n_cells, 0), np.bool_)]
    for place, party in enumerate(parties):
        cells = structure.parties[party]
        lines += [(place, line) for line in range(cells.crossed.shape[1])]
        crossed.append(cells.crossed[cells.signature] & needed[:, [place]])
    table = np.concatenate([*crossed, needed], axis=1)
    distinct, group = np.unique(table, axis=0, return_inverse=True)
    order = np.argsort(group.reshape(-1), kind="stable")
    return Constraints(
        consent,
        parties,
        tuple(lines),
        order,
        group.reshape(-1)[order],
        distinct[:, : len(lines)],
        distinct[:, len(lines) :],
    )


def _looked_at(structure: Structure, consent: Consent, party: int) -> NDArray[np.bool_]:
    """Tell in which cells a party's acceptance counts: a voter's everywhere, anyone else's where it is needed."""
    needed = structure.parties[party].needed
    return np.ones_like(needed) if party in consent.voters else needed
