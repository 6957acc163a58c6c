"""Some outcomes, each by its cell and its option of every free issue."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.scenario.types import Scenario

__all__ = ["Outcomes", "no_outcomes", "spell"]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Some outcomes of a structure: the cell of each, and the option it has of each free issue.

    ``cell`` is an intp array (outcome,), ``free`` (outcome, free issue). There may be more free combinations than an
    integer can number, so none has a number.
    """

    cell: NDArray[np.intp]
    free: NDArray[np.intp]

    def __len__(self) -> int:
        """Count them."""
        return len(self.cell)

    def pick(self, which: NDArray[np.intp] | NDArray[np.bool_] | Sequence[int] | slice) -> Outcomes:
        """Keep some of them, by position or mark."""
        return Outcomes(self.cell[which], self.free[which])

    def names(self) -> list[tuple[int, ...]]:
        """Give something for each that no other outcome has."""
        return [(cell, *free) for cell, free in zip(self.cell.tolist(), self.free.tolist(), strict=True)]

    def followed_by(self, others: Outcomes) -> Outcomes:
        """Append others."""
        return Outcomes(np.concatenate([self.cell, others.cell]), np.concatenate([self.free, others.free]))


def no_outcomes(n_free_issues: int) -> Outcomes:
    """Give none at all."""
    return Outcomes(np.zeros(0, np.intp), np.zeros((0, n_free_issues), np.intp))


def spell(scenario: Scenario, choice: Sequence[int] | NDArray[np.intp]) -> tuple[tuple[str, str], ...]:
    """Spell an outcome out: ``(issue, option)`` in declared order, from the choice of each issue."""
    return tuple((issue.id, issue.choices[k]) for issue, k in zip(scenario.issues, choice, strict=True))
