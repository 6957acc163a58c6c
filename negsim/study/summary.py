"""What a study says at a glance: how results run over the cells, what they go along with, and the extreme cells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.scenario.words import number_text
from negsim.study.policies import headline_of, headlines_of
from negsim.study.reading import ReadStudy
from negsim.study.table import Factor

__all__ = ["CellFound", "Effect", "Group", "Headline", "StudySummary", "summarise_study"]

_GROUPS = 5
"""Parts into which the values of a factor are sorted where it has more."""

_MOST_LEVELS = 12
"""Values of a factor up to which each is a group of its own."""

_EXTREMES = 3
"""Cells shown at either end where there are too many to show all."""

_MOST_CELLS = 16
"""Cells up to which all are shown."""

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Headline:
    """How one result runs over the ``n`` cells that have it, and in how many of them it is above one half."""

    name: str
    n: int
    low: float
    median: float
    high: float
    n_above_half: int


@dataclass(frozen=True, slots=True)
class Group:
    """Cells in which a factor lies within ``low`` and ``high``, or has the label; the mean of the result over them."""

    low: float
    high: float
    label: str
    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Effect:
    """How the result looked at goes along with one factor; ``span`` is the distance between its extreme groups."""

    path: str
    groups: tuple[Group, ...]
    span: float


@dataclass(frozen=True, slots=True)
class CellFound:
    """One cell: what it set, as text, and the result looked at with its interval, None where there is none."""

    cell: int
    inputs: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class StudySummary:
    """A study at a glance.

    ``headlines`` are all results that some cell has; ``effects`` and ``cells`` look at the one called ``of``. ``cells``
    are all, or those with its lowest and its highest values.
    """

    of: str
    n_cells: int
    n_done: int
    n_failed: int
    n_planned: int
    headlines: tuple[Headline, ...]
    effects: tuple[Effect, ...]
    inputs: tuple[str, ...]
    cells: tuple[CellFound, ...]


def summarise_study(study: ReadStudy, of: str = "") -> StudySummary:
    """Sum up a study; factors in the order of what goes along with them, most first.

    Parameters
    ----------
    study : ReadStudy
    of : str
        The result to look at, one of `headlines_of`; the first if left out.

    Raises
    ------
    UsageError
        If the study has no such result.
    """
    table = study.table
    names, of = headlines_of(study), headline_of(study, of)
    value = table.results[of]
    effects = [_effect(factor, value) for factor in table.factors]
    return StudySummary(
        of=of,
        n_cells=len(table.cell),
        n_done=int(np.count_nonzero(table.done)),
        n_failed=len(table.cell) - int(np.count_nonzero(table.done)) - study.n_planned,
        n_planned=study.n_planned,
        headlines=tuple(_headline(name, table.results[name]) for name in names if np.any(_known(table.results[name]))),
        effects=tuple(sorted((one for one in effects if len(one.groups) > 1), key=lambda one: -one.span)),
        inputs=tuple(factor.path for factor in table.factors),
        cells=_cells(study, of, _to_show(value)),
    )


def _known(value: Array) -> NDArray[np.bool_]:
    return np.isfinite(value)


def _headline(name: str, value: Array) -> Headline:
    known = value[_known(value)]
    low, median, high = np.quantile(known, [0.0, 0.5, 1.0]).tolist()
    return Headline(name, len(known), low, median, high, int(np.count_nonzero(known > 0.5)))


def _effect(factor: Factor, value: Array) -> Effect:
    known = _known(value)
    groups = tuple(_groups(factor, factor.values[known], value[known]))
    means = [group.mean for group in groups]
    return Effect(factor.path, groups, max(means, default=0.0) - min(means, default=0.0))


def _groups(factor: Factor, at: Array, value: Array) -> list[Group]:
    """Part cells by the values of a factor: each for itself where there are few, else sorted into equal parts."""
    levels = np.unique(at)
    if factor.categorical or len(levels) <= _MOST_LEVELS:
        return [
            _group(level, level, factor.labels[int(level)] if factor.categorical else "", value[at == level])
            for level in levels.tolist()
        ]
    parts = np.array_split(levels, _GROUPS)
    return [_group(part[0], part[-1], "", value[(at >= part[0]) & (at <= part[-1])]) for part in parts]


def _group(low: float, high: float, label: str, value: Array) -> Group:
    return Group(float(low), float(high), label, len(value), float(np.mean(value)))


def _to_show(value: Array) -> list[int]:
    if len(value) <= _MOST_CELLS:
        return list(range(len(value)))
    ordered = [row for row in np.argsort(value, kind="stable").tolist() if np.isfinite(value[row])]
    if len(ordered) <= 2 * _EXTREMES:
        return ordered
    return [*ordered[:_EXTREMES], *ordered[-_EXTREMES:]]


def _cells(study: ReadStudy, name: str, rows: list[int]) -> tuple[CellFound, ...]:
    table = study.table
    inputs = [_texts(factor, rows) for factor in table.factors]
    columns = [table.results[column] for column in (name, f"{name}.low", f"{name}.high")]
    found = []
    for k, row in enumerate(rows):
        value, low, high = (float(column[row]) if _known(column[row]) else None for column in columns)
        found.append(CellFound(int(table.cell[row]), tuple(texts[k] for texts in inputs), value, low, high))
    return tuple(found)


def _texts(factor: Factor, rows: list[int]) -> list[str]:
    """Say the values of a factor in some cells: in full where it has few, else to four digits."""
    if factor.categorical or len(np.unique(factor.values)) <= _MOST_LEVELS:
        return [factor.text(row) for row in rows]
    return [number_text(float(f"{factor.values[row]:.4g}")) for row in rows]
