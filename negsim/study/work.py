"""One cell of a study of a scenario: the scenario with some values set, analysed.

A worker, on this machine or another, gets the text of the scenario with every task and reads it once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from negsim.scenario.load import interpret
from negsim.scenario.marks import Document
from negsim.scenario.reader import read_document
from negsim.scenario.types import Scenario
from negsim.study.axes import Value, set_text
from negsim.study.driver import RAW
from negsim.study.outcomes import OUTCOMES
from negsim.study.parts import part_bytes
from negsim.zone.compiled import compile_scenario

__all__ = ["POLICY", "ScenarioWork"]

POLICY = "policy"
"""The name of the input that says which policy a cell has."""

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

    def changes(self, cell: Mapping[str, Value]) -> Changes:
        """Say what a cell sets, and then what its policy does."""
        policy = dict(self.policies).get(str(cell.get(POLICY)), ())
        return (*(f"{path}={set_text(value)}" for path, value in cell.items() if path != POLICY), *policy)

    def __call__(self, cell: Mapping[str, Value]) -> dict[str, Any]:
        """Analyse the scenario as a cell has it: figures and packed worlds by column.

        Raises
        ------
        ScenarioError, UsageError
            If the cell makes no scenario.
        """
        compiled = compile_scenario(self.scenario(self.changes(cell)), self.seed, self.sampler)
        answers = [OUTCOMES[name].ask(compiled, self.n_worlds) for name in self.of]
        found: dict[str, Any] = {}
        for answer in answers:
            found |= {**answer.figures, **answer.packed}
        if self.keeps_worlds:
            worlds = {name: values for answer in answers for name, values in answer.worlds.items()}
            found[RAW] = part_bytes({"world": np.arange(self.n_worlds), **worlds})
        return found


@lru_cache(maxsize=4)
def _document(text: str) -> Document:
    return read_document(text, "scenario.yaml")
