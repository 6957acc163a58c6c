"""What keeps each world without a zone from having one: the smallest sets of constraints that would have to fall.

In a world, an outcome's violations are the real red lines it crosses and the no-deal values it falls short of. Only
efficient sums of the free issues need a look, since more for one party at no other's cost violates nothing more. So
one table, cells by efficient sums, tells which sets of violations occur, and all findings about blocks follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Problem, ScenarioError
from negsim.model.worlds import Worlds
from negsim.records import dataclass
from negsim.solutions.merging import Merged, TooManyPoints, merge, most_sums
from negsim.zone.constraints import Constraints, inclusion_minimal

__all__ = ["Blocked", "Table", "costly_bluffs", "tables", "what_blocks"]

_CELLS = 2**19
"""Prices (world, party, cell) held at a time: four megabytes."""

_ENTRIES, _LEAST_SUMS = 2**24, 2**10
"""Entries of a table, cells by sums, beyond which it is capped, and the sums that are always allowed."""

_KEYS = 2**18
"""Keys counted at a time, and the most kinds of them that are counted rather than sorted."""

Units = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """The violations of one world, over all cells and efficient sums of the free issues.

    ``active`` are the parties, as places among the constraints' parties, that any outcome can leave short; ``merged``
    holds the efficient sums over the free issues for them. ``price`` (active, cell) is what the free issues must add up
    to, -inf where a party is not asked; ``lack[k]`` (cell, point) what the k-th active party lacks: above 0 where it is
    short, and rounded beyond 167 points. Both in units; cells stand in the order of `Constraints.cells`.

    ``worlds`` are the worlds among which this is number ``world``.

    ``key`` (cell, point) numbers the violations of each outcome: ``broken[key >> len(active)]`` is the set of red
    lines, and the last bits of the key tell which active parties are short.
    """

    constraints: Constraints
    active: tuple[int, ...]
    merged: Merged
    price: NDArray[np.float64]
    lack: tuple[Units, ...]
    key: NDArray[np.unsignedinteger]
    broken: tuple[int, ...]
    worlds: Worlds
    world: int

    @property
    def inside(self) -> NDArray[np.bool_]:
        """The outcomes of the zone where all must accept, those that violate nothing: bool array (cell, point)."""
        return np.asarray(self.key == 0) if self.broken[0] == 0 else np.zeros(self.key.shape, np.bool_)

    @property
    def zone(self) -> NDArray[np.bool_]:
        """The outcomes of the zone, whatever the agreement rule: bool array (cell, point)."""
        if not self.constraints.consent.voters:
            return self.inside
        enough = [key for key, violated in self.occurring() if self.constraints.allows(violated)]
        return np.isin(self.key, enough)

    def gains(self, places: Sequence[int], cells: NDArray[np.intp], points: NDArray[np.intp]) -> NDArray[np.float64]:
        """Give what some outcomes, named by cell and point, are worth to active parties over no deal.

        Returns
        -------
        float64 array (party, outcome)
            In units; exact where no deal may be broken.
        """
        if not places:
            return np.zeros((0, len(cells)))
        active = [self.active.index(place) for place in places]
        gains = np.stack([self.merged.front[k][points] - self.price[k][cells] for k in active])
        if not self.worlds.risk:
            return gains
        here = self.constraints.cells[cells]
        kept = [self.worlds.kept(self.constraints.parties[place], self._alone, here)[0] for place in places]
        return np.stack(kept) * gains

    def spare(self, places: Sequence[int]) -> NDArray[np.float64]:
        """Give by how much no deal is better than the disagreement point: (party,), in units."""
        parties, worlds = [self.constraints.parties[place] for place in places], self.worlds
        return np.array([worlds.no_deal[p][self.world] - worlds.inside[p][self.world] for p in parties])

    @property
    def _alone(self) -> slice:
        return slice(self.world, self.world + 1)

    def occurring(self) -> list[tuple[int, int]]:
        """List the violations that occur: pairs of a key and the set it stands for."""
        n_keys = len(self.broken) << len(self.active)
        if n_keys > _KEYS:
            return [(key, self._violated(key)) for key in np.unique(self.key).tolist()]
        count = np.zeros(n_keys, np.intp)
        flat = self.key.reshape(-1)
        for start in range(0, len(flat), _KEYS):
            count += np.bincount(flat[start : start + _KEYS], minlength=n_keys)
        return [(key, self._violated(key)) for key in np.flatnonzero(count).tolist()]

    def ways(self) -> dict[int, list[int]]:
        """List the sets that would have to fall for some outcome to enter the zone, with the keys of these outcomes."""
        ways: dict[int, list[int]] = {}
        for key, violated in self.occurring():
            for way in self.constraints.ways(violated):
                ways.setdefault(way, []).append(key)
        return ways

    def _violated(self, key: int) -> int:
        violated = self.broken[key >> len(self.active)]
        for bit, place in enumerate(self.active):
            if key >> bit & 1:
                violated |= self.constraints.no_deal(place)
        return violated

    def has(self, keys: Sequence[int]) -> NDArray[np.bool_]:
        """Mark the outcomes with any of some keys: bool array (cell, point)."""
        if len(keys) == 1:
            return np.asarray(self.key == keys[0])
        return np.isin(self.key, keys)


@dataclass(frozen=True, slots=True)
class Blocked:
    """What it would take to give one world a zone.

    ``sets`` are the inclusion-minimal sets of constraints, smallest first; none but the empty one where there is a
    zone. ``points`` runs beside them: for each no-deal value in a set, by rising bit, the least units it would have to
    fall by if the others of the set fell too. ``bluffs`` are the red lines that open a zone by their audience cost
    alone. ``total`` is the least that all parties together lack at an outcome that crosses no real red line, in units:
    infinite if there is none, None if it was not asked.
    """

    sets: tuple[int, ...]
    points: tuple[tuple[float, ...], ...]
    bluffs: int
    total: float | None = None

    def opens(self, line: int) -> bool:
        """Tell whether a zone would open without one red line."""
        return 1 << line in self.sets or bool(self.bluffs >> line & 1)

    def opens_with_others(self, line: int) -> bool:
        """Tell whether a zone would open without one red line and others of a smallest set, not without it alone."""
        return not self.opens(line) and any(one >> line & 1 for one in self.sets)

    def points_alone(self, no_deal: int) -> float:
        """Give the units by which one no-deal value would have to fall to open a zone; infinite where none would do."""
        return self.points[self.sets.index(no_deal)][0] if no_deal in self.sets else float("inf")


def what_blocks(table: Table, cost: Sequence[float], *, asks_total: bool = False) -> Blocked:
    """Find the smallest sets of constraints that keep a world from having a zone.

    Parameters
    ----------
    table : Table
    cost : sequence of float, (line,)
        What crossing each line costs its party in this world, in units: 0 where the line is real.
    asks_total : bool
        Whether to add up what parties lack, which compares points between them.
    """
    ways = table.ways()
    sets = inclusion_minimal(ways)
    return Blocked(
        tuple(sets),
        tuple(_least(table, one, ways[one]) for one in sets),
        costly_bluffs(table, {one: ways[one] for one in sets}, cost),
        _total_lack(table) if asks_total else None,
    )


def _total_lack(table: Table) -> float:
    """Find the least that all parties lack together where no real red line is crossed."""
    if table.broken[0]:
        return float("inf")
    whole = table.key < 1 << len(table.active)
    total = np.zeros(table.key.shape)
    for lack in table.lack:
        total += np.maximum(lack, 0)
    return float(np.min(total[whole]))


def _least(table: Table, one: int, keys: list[int]) -> tuple[float, ...]:
    """Find the least that each no-deal value in a set would have to fall by, each for itself."""
    places = table.constraints.places(one)
    if not places:
        return ()
    rows = table.has(keys)
    return tuple(float(np.min(table.lack[table.active.index(place)][rows])) for place in places)


def costly_bluffs(table: Table, ways: Mapping[int, list[int]], cost: Sequence[float]) -> int:
    """Find the bluffs whose cost alone is what their party lacks where all else is well.

    Parameters
    ----------
    table : Table
    ways : mapping of int to list of int
        The sets that would have to fall, with the keys of the outcomes they stand for, as `Table.ways` lists them.
    cost : sequence of float, (line,)
        What crossing each line costs its party in this world, in units: 0 where the line is real.

    Returns
    -------
    int
        A set of red lines.
    """
    found = 0
    for bit, (place, _) in enumerate(table.constraints.lines):
        keys = ways.get(table.constraints.no_deal(place)) if cost[bit] > 0 else None
        if keys is not None:
            rows = table.has(keys)
            rows &= table.constraints.crossed[table.constraints.group, bit][:, None]
            found |= int(np.any(table.lack[table.active.index(place)][rows] <= cost[bit])) << bit
    return found


def tables(
    worlds: Worlds, constraints: Constraints, *, always: Sequence[int] = (), capped: bool = False
) -> Iterator[Table]:
    """Lay out the violations of some worlds, one after the other.

    Parameters
    ----------
    worlds : Worlds
    constraints : Constraints
        Of the same structure.
    always : sequence of int
        Places of parties to be active even where nothing leaves them short.
    capped : bool
        Whether to give up where efficient sums are too many.

    Raises
    ------
    ScenarioError
        If it is capped, and the free issues have too many efficient sums in some world (NS418).
    """
    parties, n_cells = constraints.parties, worlds.structure.n_cells
    lowest = np.stack([_least_of_all(worlds, party) for party in parties], axis=1)
    unasked = ~constraints.needed[constraints.group].T
    step = max(1, _CELLS // (n_cells * len(parties)))
    for start in range(0, worlds.n_worlds, step):
        span = slice(start, min(start + step, worlds.n_worlds))
        price = np.stack(
            [_price(worlds, party, span, constraints, is_told=place in always) for place, party in enumerate(parties)],
            axis=1,
        )
        price[:, unasked] = -np.inf
        active = np.any(price > lowest[span, :, None], axis=2)
        active[:, list(always)] = True
        for world in range(span.start, span.stop):
            places = tuple(np.flatnonzero(active[world - start]).tolist())
            yield _table(worlds, constraints, world, places, price[world - start][list(places)], capped=capped)


def _price(worlds: Worlds, party: int, span: slice, constraints: Constraints, *, is_told: bool) -> NDArray[np.float64]:
    """Give what the free issues must add up to for a party: (world, cell).

    Minus infinity to one that nothing can leave short, unless its gains have to be told.
    """
    if not is_told and not worlds.weighs[party] and np.all(worlds.asked[party].open_base[span] <= 0):
        return np.full((span.stop - span.start, len(constraints.cells)), -np.inf)
    return worlds.price(party, span, constraints.cells)


def _least_of_all(worlds: Worlds, party: int) -> NDArray[np.float64]:
    """Add up the least that each free issue is worth to a party: (world,)."""
    total = np.zeros(worlds.n_worlds)
    for value in worlds.free_value[party]:
        total += np.min(value, axis=1)
    return total


def _table(
    worlds: Worlds,
    constraints: Constraints,
    world: int,
    active: tuple[int, ...],
    price: NDArray[np.float64],
    *,
    capped: bool,
) -> Table:
    merged = _merge_free(worlds, [constraints.parties[place] for place in active], world, capped=capped)
    front = merged.front.astype(np.float32)
    lack = tuple(mine[:, None] - sums for mine, sums in zip(price.astype(np.float32), front, strict=True))
    real = np.array(
        [worlds.real[constraints.parties[place]][world, line] for place, line in constraints.lines], np.bool_
    )
    broken, of_group = np.unique((constraints.crossed & real) @ constraints.line_bits, return_inverse=True)
    key = np.zeros((len(constraints.cells), front.shape[1]), _kind(len(broken) << len(active)))
    key += (of_group.reshape(-1)[constraints.group] << len(active)).astype(key.dtype)[:, None]
    for bit, one in enumerate(lack):
        key |= np.left_shift(one > 0, bit, dtype=key.dtype)
    return Table(constraints, active, merged, price, lack, key, tuple(broken.tolist()), worlds, world)


def _kind(n_keys: int) -> type[np.uint16 | np.uint32 | np.uint64]:
    """Choose the smallest numbers for so many keys."""
    return np.uint16 if n_keys <= 2**16 else np.uint32 if n_keys <= 2**32 else np.uint64


def _merge_free(worlds: Worlds, parties: Sequence[int], world: int, *, capped: bool) -> Merged:
    """Merge the free issues of one world for some parties."""
    most = min(most_sums(len(parties)), max(_LEAST_SUMS, _ENTRIES // worlds.structure.n_cells)) if capped else None
    try:
        return merge(worlds.free_values(parties, world), len(parties), max_points=most)
    except TooManyPoints as error:
        message = (
            f"there are {worlds.structure.n_outcomes:.3g} outcomes; merging them was stopped at"
            f" {error.n_points:,} efficient combinations for {len(parties)} parties, over the {most:,} kept"
        )
        hint = "widen the steps of numeric issues, drop options, or leave out what few parties differ on"
        raise ScenarioError((Problem("NS418", message, ("issues",), help=hint),)) from None
