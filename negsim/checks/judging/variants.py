"""A scenario and what becomes of it when something is changed, each compiled once; and worlds to ask it about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.table import Table, make_table
from negsim.errors import ScenarioError
from negsim.model.draws import Draws, joined_draws
from negsim.model.points import Factor, draws_at
from negsim.scenario import LoadedScenario
from negsim.scenario.conditions.tree import Condition
from negsim.scenario.load import interpret
from negsim.scenario.marks import Document
from negsim.scenario.types import Rule, Scenario
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run

__all__ = ["Changes", "Chosen", "Drawn", "Sample", "Variants"]

Changes = tuple[str, ...]
"""Changes of a scenario, each ``PATH=VALUE``."""

_NO_OUTCOME = "NS410"
_CLAIMED = "claimed"


class Sample(Protocol):
    """Some worlds, which are the same in every variant of a scenario but for what was changed."""

    @property
    def n_worlds(self) -> int:
        """How many."""

    @property
    def blocks(self) -> Run | None:
        """The blocks whose chances befall them at the table; None if the same chance befalls all."""

    def draws(self, compiled: Compiled) -> Draws:
        """Give them as a variant has them."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Worlds as they are drawn."""

    blocks: Run

    @property
    def n_worlds(self) -> int:
        """How many."""
        return sum(n for _, n in self.blocks)

    def draws(self, compiled: Compiled) -> Draws:
        """Draw them."""
        return joined_draws([compiled.draws(*block) for block in self.blocks])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Worlds chosen by hand: ``points`` (world, factor). What happens in one does not hang on what others there are."""

    factors: tuple[Factor, ...]
    points: NDArray[np.float64]

    @property
    def n_worlds(self) -> int:
        """How many."""
        return len(self.points)

    @property
    def blocks(self) -> None:
        """None: the same chance befalls all."""
        return None

    def draws(self, compiled: Compiled) -> Draws:
        """Put every factor at its value; what a variant has made a constant stays one."""
        return draws_at(compiled.scenario, self.factors, self.points)


class Variants:
    """A scenario, changed in whatever way is asked, each variant read and compiled once.

    Worlds are drawn independently of one another, so that exact bounds hold for their counts.
    """

    def __init__(self, loaded: LoadedScenario, *, seed: int = 0) -> None:
        self.loaded = loaded
        self.seed = seed
        # Claims may name what a change takes away, and nothing in a world hangs on them.
        self._unclaimed = _without(loaded.document, ("expect", "counterexample"))
        self._scenarios: dict[Changes, Scenario] = {(): loaded.scenario}
        self._compiled: dict[tuple[Changes, Condition | None], Compiled | None] = {}
        self._tables: dict[Changes, Table] = {}

    @property
    def scenario(self) -> Scenario:
        """The scenario as it stands."""
        return self.loaded.scenario

    def scenario_with(self, changes: Changes) -> Scenario:
        """Give the scenario with some changes.

        Raises
        ------
        ScenarioError, UsageError
            If it cannot be changed so.
        """
        if changes not in self._scenarios:
            self._scenarios[changes] = interpret(self._unclaimed, changes).scenario
        return self._scenarios[changes]

    def compiled(self, changes: Changes = (), only: Condition | None = None) -> Compiled | None:
        """Give the scenario with some changes, ready for analysis, and only with outcomes that meet a condition.

        Returns
        -------
        Compiled or None
            None if there is a condition and no outcome meets it.

        Raises
        ------
        ScenarioError, UsageError
            If it cannot be changed so.
        """
        key = (changes, only)
        if key not in self._compiled:
            scenario = self.scenario_with(changes)
            self._compiled[key] = self._compile(scenario) if only is None else self._narrowed(scenario, only)
        return self._compiled[key]

    def whole(self, changes: Changes = ()) -> Compiled:
        """Give the scenario with some changes, with all its outcomes."""
        compiled = self.compiled(changes)
        assert compiled is not None
        return compiled

    def table(self, changes: Changes = ()) -> Table:
        """Set the table for bargaining in the scenario with some changes."""
        if changes not in self._tables:
            self._tables[changes] = make_table(self.whole(changes))
        return self._tables[changes]

    def _compile(self, scenario: Scenario) -> Compiled:
        return compile_scenario(scenario, self.seed, "random")

    def _narrowed(self, scenario: Scenario, only: Condition) -> Compiled | None:
        # Whatever else the scenario has, another rule takes nothing but outcomes away.
        rule = Rule(_free_id([one.id for one in scenario.rules]), only, "")
        try:
            return self._compile(replace(scenario, rules=(*scenario.rules, rule)))
        except ScenarioError as error:
            if any(problem.code == _NO_OUTCOME for problem in error.problems):
                return None
            raise


def _without(document: Document, blocks: Sequence[str]) -> Document:
    return replace(
        document,
        tree={key: value for key, value in document.tree.items() if key not in blocks},
        marks={path: mark for path, mark in document.marks.items() if path[:1] not in {(block,) for block in blocks}},
    )


def _free_id(taken: Sequence[str]) -> str:
    return next(name for name in (_CLAIMED + "_" * k for k in range(len(taken) + 1)) if name not in taken)
