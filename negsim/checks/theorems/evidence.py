"""Worlds on which theorems are tried: drawn ones and corners, what negsim says of them, and outcomes to look at."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.judging import reasons
from negsim.bargaining.play import play
from negsim.bargaining.seating import drawn_worlds, seat_everybody
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import can_bargain, make_table
from negsim.checks.judging.corners import corners_of
from negsim.checks.judging.variants import Variants
from negsim.checks.theorems.second_way.cases import Cases
from negsim.model.draws import Draws, joined_draws
from negsim.model.outcomes import Outcomes, spell
from negsim.model.points import Factor, centre_of, draws_at, factors_of
from negsim.model.worlds import Worlds, build_worlds
from negsim.records import dataclass
from negsim.zone.compiled import Compiled
from negsim.zone.counting import in_zone
from negsim.zone.existence import zone_exists
from negsim.zone.kernel import Tally, find_zones
from negsim.zone.merged import candidate_deals, cells_with_zone

__all__ = ["Agreements", "Evidence", "Zones", "spread_over"]

Mask = NDArray[np.bool_]

_DRAWN, _CORNERS = 192, 63
"""Worlds drawn, and corners beside the centre: 256 in all, as many as a block has."""

_PER_WORLD = 16
"""Outcomes of a zone that are looked at in a world."""

_TALLIED, _MOST_TALLIED, _LEAST_TALLIED = 2**25, 64, 4
"""Outcomes that are gone through to find those of zones, and the worlds with a zone that this may take."""

_OUTCOMES = 64
"""Outcomes that are asked about in every world."""

_DEALS, _PILOTS = 1024, 8
"""Deals that can come up in bargaining, and the worlds that put them forward where they are not all."""


@dataclass(frozen=True, slots=True)
class Zones:
    """What negsim says of zones: ``exists`` (world,), and ``inside`` (world, outcome) for some outcomes."""

    exists: Mask
    inside: Mask


@dataclass(frozen=True, slots=True)
class Agreements:
    """Where talks end in agreement, as cases, and whether negsim finds a zone in each world: (case,), (world,)."""

    cases: Cases
    has_zone: Mask


class Evidence:
    """Some worlds of a scenario, the same for every theorem; what one theorem needs is kept for the next."""

    def __init__(self, variants: Variants) -> None:
        self.variants = variants
        self.compiled = variants.whole()
        self._factors: tuple[Factor, ...] = factors_of(variants.scenario)
        self._points = _corners(self._factors)
        self.draws = self.draws_of(self.compiled)

    def draws_of(self, compiled: Compiled) -> Draws:
        """Give the same worlds as a variant of the scenario has them."""
        chosen = draws_at(compiled.scenario, self._factors, self._points)
        return joined_draws([compiled.draws(0, _DRAWN), chosen]) if self._factors else chosen

    def worlds_of(self, compiled: Compiled, draws: Draws) -> Worlds:
        """Turn draws into arrays over a variant of the scenario."""
        return build_worlds(compiled.scenario, compiled.structure, draws)

    @property
    def n_worlds(self) -> int:
        """How many worlds there are."""
        return self.draws.n_worlds

    @cached_property
    def worlds(self) -> Worlds:
        """The worlds as arrays, by what everybody wants."""
        return self.worlds_of(self.compiled, self.draws)

    @cached_property
    def exists(self) -> Mask:
        """Where negsim says that there is a zone: (world,)."""
        return zone_exists(self.compiled, self.worlds)

    @cached_property
    def zones(self) -> Zones:
        """What negsim says of zones."""
        return self.zones_of(self.compiled, self.worlds)

    def zones_of(self, compiled: Compiled, worlds: Worlds) -> Zones:
        """Ask about the zones of the same worlds after some change that leaves all outcomes that there were."""
        structure = compiled.structure
        found = structure.outcomes_of(self.choices)
        outcomes = Outcomes(np.minimum(found.cell, structure.n_cells - 1), found.free)
        # Had a change taken an outcome away, another would stand in its place.
        there = np.all(structure.choices_of(outcomes) == self.choices, axis=1)
        exists = self.exists if worlds is self.worlds else zone_exists(compiled, worlds)
        return Zones(exists, in_zone(worlds, compiled, outcomes) & there)

    @cached_property
    def choices(self) -> NDArray[np.intp]:
        """Some outcomes, half of them from zones and half from anywhere: (outcome, issue)."""
        found = np.unique(self.zone_cases.choice, axis=0)
        some = found[_evenly(len(found), _OUTCOMES // 2)]
        anywhere = spread_over(self.compiled, _OUTCOMES // 2)
        return np.concatenate([some, self.compiled.structure.choices_of(anywhere)])

    @cached_property
    def zone_cases(self) -> Cases:
        """Outcomes that negsim reports as part of zones: some of each of some worlds."""
        n_outcomes = self.compiled.structure.n_outcomes
        with_zone = np.flatnonzero(self.exists)
        many = min(_MOST_TALLIED, max(_LEAST_TALLIED, _TALLIED // n_outcomes))
        tallied = with_zone[_evenly(len(with_zone), 0 if self.compiled.merges else many)]
        listed = with_zone[_evenly(len(with_zone), _LEAST_TALLIED)]
        parts = [(world, self._of_zone(world)) for world in tallied.tolist()]
        merged = cells_with_zone(self.worlds.select(np.isin(np.arange(self.n_worlds), listed)), self.compiled)
        parts += [
            (world, candidate_deals([self._alone(world)], self.compiled, 1))
            for world, has_zone in zip(listed.tolist(), np.any(merged, axis=1).tolist(), strict=True)
            if has_zone
        ]
        return self._gather(parts)

    @cached_property
    def spread_cases(self) -> Cases:
        """Outcomes from all over the outcome space in every world: all of them where they are few."""
        every = spread_over(self.compiled, _OUTCOMES)
        world = np.repeat(np.arange(self.n_worlds), len(every))
        choice = np.tile(self.compiled.structure.choices_of(every), (self.n_worlds, 1))
        return Cases(self.compiled.scenario, self.draws, world, choice)

    @property
    def can_bargain(self) -> bool:
        """Whether there is anybody to bargain with."""
        return can_bargain(self.compiled.scenario)

    @cached_property
    def agreements(self) -> Agreements:
        """What signatories agree on, in worlds where they do."""
        table = make_table(self.compiled, most_deals=_DEALS, pilots=_PILOTS)
        drawn = drawn_worlds(table, 0, self.draws)
        arena, zone = seat_everybody(table, drawn), zone_exists(self.compiled, drawn.truth)
        ended = play(arena)
        agreed = np.flatnonzero(reasons(table, arena, drawn.truth, zone, ended) == Stop.AGREED)
        cases = Cases(self.compiled.scenario, self.draws, agreed, table.choices[ended.deal[agreed]])
        return Agreements(cases, zone)

    def name_world(self, world: int) -> str:
        """Name a world so that it can be found again."""
        n_drawn = _DRAWN if self._factors else 0
        if world < n_drawn:
            return f"world {world} of block 0, seed {self.variants.seed}, sampler random"
        if world == self.n_worlds - 1:
            return "the central world"
        return f"corner {world - n_drawn} of {len(self._points) - 1}"

    def name_case(self, cases: Cases, case: int) -> str:
        """Name a case: its outcome, and its world."""
        outcome = ", ".join(f"{issue}={option}" for issue, option in spell(cases.scenario, cases.choice[case]))
        return f"{outcome}; {self.name_world(int(cases.world[case]))}"

    def _alone(self, world: int) -> Worlds:
        return self.worlds.select(np.arange(self.n_worlds) == world)

    def _of_zone(self, world: int) -> Outcomes:
        """List some outcomes of the zone of one world, by enumeration."""
        layout = self.compiled.layout
        tally = Tally.empty(layout)
        find_zones(self._alone(world), layout, self.compiled.joint, tally)
        tally.flush()
        found = np.flatnonzero(tally.total)
        row, column = np.divmod(found[_evenly(len(found), _PER_WORLD)], layout.shape[1])
        return layout.outcomes(row, column)

    def _gather(self, parts: list[tuple[int, Outcomes]]) -> Cases:
        structure = self.compiled.structure
        world = [np.full(len(outcomes), world, np.intp) for world, outcomes in parts]
        choice = [structure.choices_of(outcomes) for _, outcomes in parts]
        none = np.zeros((0, len(structure.issues)), np.intp)
        return Cases(
            self.compiled.scenario,
            self.draws,
            np.concatenate([np.zeros(0, np.intp), *world]),
            np.concatenate([none, *choice]),
        )


def _corners(factors: tuple[Factor, ...]) -> NDArray[np.float64]:
    """Choose corners, and the centre after them: (world, factor)."""
    centre = centre_of(factors)[None]
    if not factors:
        return centre
    points = corners_of(factors).points
    return np.concatenate([points[_evenly(len(points), _CORNERS)], centre])


def _evenly(n: int, n_wanted: int) -> NDArray[np.intp]:
    """Choose places evenly among ``n``; all where they are no more than wanted."""
    if n <= n_wanted:
        return np.arange(n)
    return np.unique(np.linspace(0, n - 1, n_wanted).astype(np.intp)) if n_wanted else np.zeros(0, np.intp)


def spread_over(compiled: Compiled, n_wanted: int) -> Outcomes:
    """Choose outcomes from all over the outcome space; all where they are no more than wanted."""
    structure = compiled.structure
    if structure.n_outcomes <= n_wanted:
        return structure.outcomes(*np.divmod(np.arange(structure.n_outcomes), structure.n_free))
    step = np.arange(n_wanted)
    cell = np.linspace(0, structure.n_cells - 1, n_wanted).astype(np.intp)
    # Steps of different lengths through the options of each issue, so that all combinations of two come up.
    free = [(step * (2 * k + 1) + step // size) % size for k, size in enumerate(structure.free_shape)]
    return Outcomes(cell, np.array(free, np.intp).reshape(len(free), n_wanted).T)
