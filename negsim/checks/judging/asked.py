"""What claims name, world by world: whether there is a zone, what is in it, who accepts, what solutions choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.analysis import end_draws
from negsim.bargaining.stops import Stop
from negsim.checks.judging.variants import Changes, Sample, Variants, always
from negsim.errors import UsageError, format_path
from negsim.model.conditions import truth
from negsim.model.draws import Draws
from negsim.model.sampling import BLOCK
from negsim.model.worlds import Worlds, build_worlds
from negsim.scenario.claims.measures import SOLUTION_NAMES
from negsim.scenario.claims.naming import QUANTITY
from negsim.scenario.claims.tree import Measure
from negsim.scenario.conditions.tree import Condition
from negsim.zone.acceptance import accepts_choices
from negsim.zone.compiled import Compiled
from negsim.zone.existence import zone_exists
from negsim.zone.kernel import find_zones
from negsim.zone.settlements import chosen_cells, signing_places
from negsim.zone.violations import tables

__all__ = ["Asked"]

Flags = NDArray[np.bool_]
Values = NDArray[np.float64]


class Asked:
    """Some worlds, asked about as often as one likes; what was built of them is kept meanwhile."""

    def __init__(self, variants: Variants, sample: Sample) -> None:
        self.variants = variants
        self.sample = sample
        self._built: dict[tuple[Changes, Condition | None], tuple[Compiled, Draws, Worlds] | None] = {}
        self._zones: dict[tuple[Changes, Condition | None], Flags] = {}

    @property
    def n_worlds(self) -> int:
        """How many worlds there are."""
        return self.sample.n_worlds

    def measure(self, measure: Measure, changes: Changes = ()) -> Values:
        """Give what a claim names in each world.

        Parameters
        ----------
        measure : Measure
        changes : tuple of str
            Made before anything is asked.

        Returns
        -------
        float64 array (world,)
            1 where something holds and 0 where it does not; of solutions, the share of chosen outcomes, and NaN where
            there is no zone.

        Raises
        ------
        ScenarioError, UsageError
            If the scenario cannot be changed so, or cannot be asked this.
        """
        name = measure.name.removeprefix("p_")
        if name in SOLUTION_NAMES:
            return self._solved(measure, name, changes)
        return np.asarray(_ASKING[name](self, measure, changes), np.float64)

    def zone(self, changes: Changes = (), only: Condition | None = None) -> Flags:
        """Tell where some outcome of the zone meets a condition: bool array (world,)."""
        key = (changes, only)
        if key not in self._zones:
            built = self._build(changes, only)
            self._zones[key] = np.zeros(self.n_worlds, np.bool_) if built is None else zone_exists(built[0], built[2])
        return self._zones[key]

    def worlds(self, changes: Changes = (), only: Condition | None = None) -> tuple[Compiled, Worlds] | None:
        """Give the worlds as arrays; None if no outcome meets the condition."""
        built = self._build(changes, only)
        return None if built is None else (built[0], built[2])

    def _build(self, changes: Changes, only: Condition | None = None) -> tuple[Compiled, Draws, Worlds] | None:
        key = (changes, only)
        if key not in self._built:
            compiled = self.variants.compiled(changes, only)
            self._built[key] = None if compiled is None else self._worlds_of(compiled)
        return self._built[key]

    def _worlds_of(self, compiled: Compiled) -> tuple[Compiled, Draws, Worlds]:
        draws = self.sample.draws(compiled)
        # As in every analysis of a zone, all are taken to be serious; who is not shows in bargaining alone.
        return compiled, draws, build_worlds(compiled.scenario, compiled.structure, draws)

    def _has_zone(self, measure: Measure, changes: Changes) -> Flags:
        return self.zone(changes, measure.condition)

    def _size(self, measure: Measure, changes: Changes) -> Values:
        compiled = self.variants.whole(changes)
        if compiled.merges:
            n_outcomes = compiled.structure.n_outcomes
            raise UsageError(f"{measure.text}: with {n_outcomes:,} outcomes, those of a zone are not counted")
        _, _, worlds = self._built_whole(changes)
        return find_zones(worlds, compiled.layout, compiled.joint).size.astype(np.float64)

    def _built_whole(self, changes: Changes) -> tuple[Compiled, Draws, Worlds]:
        built = self._build(changes)
        assert built is not None
        return built

    def _accepts(self, measure: Measure, changes: Changes) -> Flags:
        built = self._build(changes, measure.condition)
        if built is None:
            return np.zeros(self.n_worlds, np.bool_)
        actors = [actor.id for actor in built[0].scenario.actors]
        return np.any(accepts_choices(built[2], actors.index(measure.party)), axis=1)

    def _blocks(self, measure: Measure, changes: Changes) -> Flags:
        without = (*changes, f"{format_path(measure.path)}=null")
        return ~self.zone(changes) & self.zone(without)

    def _agrees(self, measure: Measure, changes: Changes) -> Flags:
        del measure
        table = self.variants.table(changes)
        _, draws, _ = self._built_whole(changes)
        blocks = self.sample.blocks
        alike = blocks is None
        if blocks is None:
            blocks = [(0, min(BLOCK, self.n_worlds - start)) for start in range(0, self.n_worlds, BLOCK)]
        ends, start = [], 0
        for block, n in blocks:
            some = np.arange(self.n_worlds)
            part = draws.select((some >= start) & (some < start + n))
            fates = np.zeros(n, np.intp) if alike else None
            ends.append(end_draws(table, block, part, fates).stop == Stop.AGREED)
            start += n
        return np.concatenate(ends)

    def _quantity(self, measure: Measure, changes: Changes) -> Values:
        _, draws, _ = self._built_whole(changes)
        return draws.quantity[measure.path]

    def _solved(self, measure: Measure, solution: str, changes: Changes) -> Values:
        """Ask which share of what a solution chooses meets a condition: NaN where there is no zone."""
        assert measure.condition is not None
        if self.variants.scenario_with(changes).agreement.quorum is not None:
            raise UsageError(f"{measure.text}: solutions say nothing where a quorum decides")
        # That either holds or does not makes cells of the issues that the condition names, and changes nothing.
        either = always(measure.condition)
        built = self._build(changes, either)
        assert built is not None
        compiled, _, worlds = built
        exists = self.zone(changes, either)
        found = np.full(self.n_worlds, np.nan)
        holds = _in_cells(compiled, measure.condition)
        with_zone = worlds.select(exists)
        laid_out = tables(with_zone, compiled.constraints, always=signing_places(compiled), capped=compiled.merges)
        for world, table in zip(np.flatnonzero(exists).tolist(), laid_out, strict=True):
            found[world] = float(np.sum(chosen_cells(compiled, table, solution)[holds]))
        return found


def _in_cells(compiled: Compiled, condition: Condition) -> Flags:
    """Tell in which cells a condition holds, all of whose issues are cell issues: bool array (cell,)."""
    structure = compiled.structure
    positions = {issue.id: k for k, issue in enumerate(structure.issues)}
    choices = [structure.choice[:, structure.cell_issues.index(positions[name])] for name in condition.issues]
    return truth(condition, compiled.scenario.issues)[tuple(choices)]


_ASKING: Mapping[str, Callable[[Asked, Measure, Changes], Flags | Values]] = {
    "zone": Asked._has_zone,
    "option": Asked._has_zone,
    "zone_size": Asked._size,
    "accept": Asked._accepts,
    "blocks": Asked._blocks,
    "agreement": Asked._agrees,
    QUANTITY: Asked._quantity,
}
