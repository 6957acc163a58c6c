"""A scenario and what becomes of it when something is changed, each compiled once; and worlds to ask it about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.table import Table, make_table
from negsim.errors import Path, ScenarioError, format_path
from negsim.model.draws import Draws, joined_draws
from negsim.model.points import Factor, draws_at
from negsim.records import dataclass
from negsim.scenario import LoadedScenario
from negsim.scenario.conditions.tree import Condition, Not, Or
from negsim.scenario.load import interpret
from negsim.scenario.marks import Document
from negsim.scenario.types import Party, Rule, Scenario
from negsim.zone.compiled import Compiled, compile_scenario
from negsim.zone.counting import Run

__all__ = ["Changes", "Chosen", "Drawn", "Sample", "Variants", "always"]

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
    """Worlds chosen by hand: ``points`` (world, factor). What happens in one does not hang on the others."""

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
            dropped = [line for line in _lines(self.scenario) if f"{format_path(line)}=null" in changes]
            others = tuple(one for one in changes if one not in {f"{format_path(line)}=null" for line in dropped})
            changed = interpret(self._unclaimed, (*self._untied(others), *others)).scenario
            self._scenarios[changes] = replace(changed, parties=tuple(_idle(one, dropped) for one in changed.parties))
        return self._scenarios[changes]

    def _untied(self, changes: Changes) -> Changes:
        """Drop the ties of what is made certain, which nothing can be tied to."""
        certain = {path for path, _, value in (one.partition("=") for one in changes) if _is_number(value)}
        ties = self.scenario.ties
        return tuple(f"ties.{tie.id}=null" for tie in ties if certain.intersection(map(format_path, tie.between)))

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


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", text) is not None


def _lines(scenario: Scenario) -> list[Path]:
    """List the paths of all red lines."""
    return [(*actor.path, "red_lines", line.id) for actor in scenario.actors for line in actor.red_lines]


def _idle(party: Party, dropped: Sequence[Path]) -> Party:
    """Let red lines of a party, and of who ratifies for it, ask for nothing; others may share their figures."""
    lines = tuple(
        replace(line, require=always(line.require)) if (*party.path, "red_lines", line.id) in dropped else line
        for line in party.red_lines
    )
    return replace(party, red_lines=lines, ratifiers=tuple(_idle(one, dropped) for one in party.ratifiers))


def always(condition: Condition) -> Condition:
    """Make a condition that holds everywhere and names the same issues, which makes them issues of cells."""
    root = condition.root
    return Condition(condition.text, Or(root, Not(root)), condition.issues)


def _without(document: Document, blocks: Sequence[str]) -> Document:
    return replace(
        document,
        tree={key: value for key, value in document.tree.items() if key not in blocks},
        marks={path: mark for path, mark in document.marks.items() if path[:1] not in {(block,) for block in blocks}},
    )


def _free_id(taken: Sequence[str]) -> str:
    return next(name for name in (_CLAIMED + "_" * k for k in range(len(taken) + 1)) if name not in taken)
