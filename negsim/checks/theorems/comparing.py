"""Comparing zones before and after a change, world by world and outcome by outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.checks.judging.variants import Changes
from negsim.checks.theorems.checked import Checked, fails, holds, not_applying
from negsim.checks.theorems.evidence import Evidence, Zones
from negsim.errors import ScenarioError, UsageError
from negsim.model.draws import Draws, with_quantities
from negsim.model.outcomes import spell
from negsim.model.rebuilding import rebuild_worlds, touched_between
from negsim.records import dataclass
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Party

__all__ = ["Step", "compare", "domain_top", "line_paths", "moved", "rebuilt", "variant_of", "without_bystanders"]

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Step:
    """A change, and the zones with the narrower side of it and with the wider one."""

    name: str
    narrow: Zones
    wide: Zones


def compare(theorem: str, evidence: Evidence, steps: Iterable[Step], *, without: str) -> Checked:
    """Tell whether, in every step, what is in the narrow zone is in the wide one too.

    Parameters
    ----------
    theorem : str
    evidence : Evidence
    steps : iterable of Step
    without : str
        Why the theorem does not apply where there is no step.
    """
    n_steps = 0
    for step in steps:
        n_steps += 1
        gone = np.flatnonzero(step.narrow.exists & ~step.wide.exists)
        if len(gone):
            detail = f"{step.name}: there is a zone with the narrower terms alone, in {len(gone):,} worlds"
            return fails(theorem, n_steps * evidence.n_worlds, detail, evidence.name_world(int(gone[0])))
        world, outcome = np.nonzero(step.narrow.inside & ~step.wide.inside)
        if len(world):
            names = spell(evidence.compiled.scenario, evidence.choices[outcome[0]])
            where = ", ".join(f"{issue}={option}" for issue, option in names)
            detail = f"{step.name}: an outcome is in the zone with the narrower terms alone, in {len(world):,} cases"
            return fails(theorem, n_steps * evidence.n_worlds, detail, f"{where}; {evidence.name_world(int(world[0]))}")
    if not n_steps:
        return not_applying(theorem, without)
    n_cases = n_steps * evidence.n_worlds
    changes = "1 change" if n_steps == 1 else f"{n_steps} changes"
    return holds(theorem, n_cases, f"{changes} in {evidence.n_worlds:,} worlds, {len(evidence.choices)} outcomes each")


def moved(evidence: Evidence, changed: dict[tuple[str, ...], Values]) -> Zones:
    """Give the zones with some quantities at other values, whatever is the same as they are left as it was."""
    compiled = evidence.compiled
    after = with_quantities(compiled.scenario, evidence.draws, changed, followers={})
    return rebuilt(evidence, after)


def rebuilt(evidence: Evidence, after: Draws) -> Zones:
    """Give the zones of other draws of the same worlds."""
    compiled, touched = evidence.compiled, touched_between(evidence.draws, after)
    worlds = rebuild_worlds(compiled.scenario, compiled.structure, after, evidence.worlds, touched)
    return evidence.zones_of(compiled, worlds)


def variant_of(evidence: Evidence, changes: Changes) -> Zones | None:
    """Give the zones of the same worlds in a changed scenario; None if the scenario cannot be changed so."""
    try:
        compiled = evidence.variants.whole(changes)
        worlds = evidence.worlds_of(compiled, evidence.draws_of(compiled))
        return evidence.zones_of(compiled, worlds)
    except (ScenarioError, UsageError):
        return None


def without_bystanders(evidence: Evidence) -> Changes:
    """Name the changes that take away what only refers to other parts of a scenario: the calendar, expectations."""
    scenario = evidence.compiled.scenario
    calendar = ("talks=null",) if scenario.talks is not None else ()
    return (*calendar, *(("expect=null",) if scenario.expectations else ()))


def line_paths(actors: Sequence[Party]) -> Iterator[tuple[Party, tuple[str, ...]]]:
    """List all red lines, each by its owner and its path."""
    return ((actor, (*actor.path, "red_lines", line.id)) for actor in actors for line in actor.red_lines)


def domain_top(evidence: Evidence, path: tuple[str, ...]) -> float:
    """Give the most that a quantity can mean."""
    return next(one.domain.high for one in list_quantities(evidence.compiled.scenario) if one.path == path)
