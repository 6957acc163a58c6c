"""One cell of a study of a scenario: the scenario with some values set, analysed.

A worker, on this machine or another, gets the text of the scenario with every task and reads it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from negsim.errors import NegsimError, format_path
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity
from negsim.scenario.load import interpret
from negsim.scenario.marks import Document
from negsim.scenario.reader import read_document
from negsim.scenario.types import Scenario
from negsim.study.axes import Value, set_text
from negsim.study.fixing import can_be, fixable, with_fixed, without_figures
from negsim.study.outcomes import OUTCOMES
from negsim.study.parts import RAW, part_bytes
from negsim.study.table import POLICY
from negsim.zone.compiled import Compiled, compile_scenario

__all__ = ["ScenarioWork"]

Changes = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScenarioWork:
    """What is done with each cell; a picklable function of the values of its inputs.

    ``text`` is the scenario; ``policies`` are changes by name, each ``PATH=VALUE``, made after what the cell sets;
    ``of`` are keys of `OUTCOMES`.
    """

    text: str
    of: tuple[str, ...]
    n_worlds: int
    seed: int
    sampler: str
    policies: tuple[tuple[str, Changes], ...] = ()
    keeps_worlds: bool = False

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns of its figures."""
        scenario = self.scenario()
        return tuple(name for one in self.of for name in OUTCOMES[one].figures(scenario))

    @property
    def packed(self) -> tuple[str, ...]:
        """The columns that say what happened in each world."""
        return tuple(name for one in self.of for name in OUTCOMES[one].packed)

    def scenario(self, changes: Sequence[str] = ()) -> Scenario:
        """Read the scenario with some changes.

        Raises
        ------
        ScenarioError, UsageError
            If it cannot be changed so.
        """
        return interpret(_document(self.text), changes).scenario

    def compiled(self, cell: Mapping[str, Value]) -> Compiled:
        """Compile the scenario as a cell has it: what the cell sets, then what its policy does.

        Raises
        ------
        ScenarioError, UsageError
            If the cell makes no scenario.
        """
        policy = dict(self.policies).get(str(cell.get(POLICY)), ())
        known = _Base.of(self, ()).known
        fixed, changes = {}, []
        for path, value in cell.items():
            if path == POLICY:
                continue
            named = known.get(path)
            if named is not None and not isinstance(value, str) and can_be(named, value):
                fixed[path] = value
            else:
                changes.append(f"{path}={set_text(value)}")
        every = (*(f"{path}={set_text(value)}" for path, value in cell.items() if path != POLICY), *policy)
        try:
            base = _Base.of(self, (*changes, *policy))
        except NegsimError:
            # What is wrong with the ranges that are held need not be wrong with the values.
            return _Base.of(self, every).compiled
        # What a change puts in the place of a range is no longer there to be held.
        if any(path not in base.known or not can_be(base.known[path], value) for path, value in fixed.items()):
            return _Base.of(self, every).compiled
        return base.fixed(fixed)

    def __call__(self, cell: Mapping[str, Value]) -> dict[str, Any]:
        """Analyse the scenario as a cell has it: figures and packed worlds by column.

        Raises
        ------
        ScenarioError, UsageError
            If the cell makes no scenario.
        """
        compiled = self.compiled(cell)
        answers = [OUTCOMES[name].ask(compiled, self.n_worlds) for name in self.of]
        found: dict[str, Any] = {}
        for answer in answers:
            found |= {**answer.figures, **answer.packed}
        if self.keeps_worlds:
            worlds = {name: values for answer in answers for name, values in answer.worlds.items()}
            found[RAW] = part_bytes({"world": np.arange(self.n_worlds), **worlds})
        return found


@dataclass(frozen=True, slots=True)
class _Base:
    """A scenario compiled once for all cells that differ in figures alone; ``known`` are those that can be held."""

    compiled: Compiled
    known: Mapping[str, NamedQuantity]

    @staticmethod
    @lru_cache(maxsize=16)
    def of(work: ScenarioWork, changes: Changes) -> _Base:
        """Compile the scenario of some work with some changes."""
        scenario = work.scenario(changes)
        known = {format_path(path): one for path, one in fixable(scenario).items()}
        compiled = _compile(without_figures(scenario), work.seed, work.sampler)
        return _Base(replace(compiled, scenario=scenario), known)

    def fixed(self, values: Mapping[str, float]) -> Compiled:
        """Hold some quantities; nothing of what is compiled depends on them."""
        by_path = {self.known[path].path: value for path, value in values.items()}
        known = {one.path: one for one in self.known.values()}
        return replace(self.compiled, scenario=with_fixed(self.compiled.scenario, by_path, known))


@lru_cache(maxsize=16)
def _compile(scenario: Scenario, seed: int, sampler: str) -> Compiled:
    """Compile a scenario, once for all that differ in figures alone."""
    return compile_scenario(scenario, seed, sampler)


@lru_cache(maxsize=4)
def _document(text: str) -> Document:
    return read_document(text, "scenario.yaml")
