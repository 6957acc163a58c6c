"""The cells of a study under one policy, ready to be asked which factors decide a result."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.words import did_you_mean
from negsim.study.outcomes import HEADLINES
from negsim.study.table import POLICY, Factor, StudyTable

__all__ = ["Studied", "by_policy", "result_of"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Studied:
    """Cells under one policy, or of a study without policies, in the order of their design.

    ``ok`` (cell,) tells which have a result, ``result`` (cell,) is it; ``values`` (cell, factor). ``rows`` (cell,) are
    the places of the cells in the table.
    """

    policy: str | None
    design: str
    seed: int
    rows: NDArray[np.intp]
    ok: Mask
    result: Array
    factors: tuple[Factor, ...]
    values: Array

    @property
    def varying(self) -> NDArray[np.intp]:
        """The places of factors with more than one value among cells that have a result."""
        known = self.values[self.ok]
        return np.flatnonzero(np.any(known != known[:1], axis=0))

    @property
    def constant(self) -> tuple[str, ...]:
        """The paths of all other factors."""
        varying = set(self.varying.tolist())
        return tuple(factor.path for k, factor in enumerate(self.factors) if k not in varying)


def result_of(table: StudyTable, of: str | None) -> str:
    """Name the result to look at: the one asked for, or the first usual one that there is.

    Raises
    ------
    UsageError
        If there is no such result.
    """
    known = tuple(table.results)
    if of is None:
        found = [name for name in HEADLINES if name in known]
        if not found:
            raise UsageError(f"which result? --of NAME; the study {table.name} has {', '.join(known) or 'none'}")
        return found[0]
    if of not in known:
        raise UsageError(f"the study {table.name} has no result {of!r}; {did_you_mean(of, known)}")
    return of


def by_policy(table: StudyTable, of: str) -> Iterator[Studied]:
    """Take the cells of each policy; all of them at once where no policies are compared."""
    factors = table.factors
    result = np.asarray(table.results[of], np.float64)
    ok = table.done & np.isfinite(result)
    policies: tuple[tuple[str | None, Mask], ...] = ((None, np.ones(len(ok), np.bool_)),)
    if factors and factors[-1].path == POLICY:
        last = factors[-1]
        factors = factors[:-1]
        policies = tuple((label, last.values == k) for k, label in enumerate(last.labels))
    for policy, which in policies:
        rows = np.flatnonzero(which)
        values = np.array([factor.values[rows] for factor in factors], np.float64).reshape(len(factors), len(rows)).T
        yield Studied(policy, table.design, table.seed, rows, ok[rows], result[rows], factors, values)
