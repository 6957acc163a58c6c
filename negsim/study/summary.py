"""What a study says at a glance: how results run over the cells, what they go along with, and the extreme cells."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.scenario.words import number_text
from negsim.study.designs import CHOSEN
from negsim.study.policies import headline_of, headlines_of
from negsim.study.reading import ReadStudy
from negsim.study.table import POLICY, Factor

__all__ = ["CellFound", "Effect", "Group", "Headline", "StudySummary", "summarise_study"]

_GROUPS = 5
"""Parts into which the values of a factor are sorted where it has more."""

_MOST_LEVELS = 12
"""Values of a factor up to which each is a group of its own."""

_EXTREMES = 3
"""Cells shown at either end where there are too many to show all."""

_MOST_CELLS = 16
"""Cells up to which all are shown."""

_CLEAR_SPAN = 0.005
"""The distance between groups from which on it is shown."""

_LEVEL = 0.05

Array = NDArray[np.float64]

Part = tuple[float, float, NDArray[np.bool_]]
"""The ends of a group of values, and which combinations have one of them."""


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
    """Combinations in which a factor lies within ``low`` and ``high``, or has the label.

    ``n`` are those with a result, ``mean`` is the mean of it over them.
    """

    low: float
    high: float
    label: str
    n: int
    mean: float


@dataclass(frozen=True, slots=True)
class Effect:
    """How the result looked at goes along with one factor; ``span`` is the distance between its extreme groups.

    ``stands_out`` tells whether that is half a percentage point at least and, where all else differs between the groups
    too, which is in any design but a grid or a list, more than chance makes of it.
    """

    path: str
    groups: tuple[Group, ...]
    span: float
    stands_out: bool


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
    """Sum up a study: what was varied in the order of what goes along with it, most first; policies are averaged over.

    Parameters
    ----------
    study : ReadStudy
    of : str
        The result to look at, one of `headlines_of`; the first if left out.

    Raises
    ------
    UsageError
        If the study has no such result.

    References
    ----------
    Fisher (1925), Statistical Methods for Research Workers, ch. VII, for the analysis of variance by which an effect
    stands out, at a level of 5 % divided by the number of factors. The points of a sampled design lie more evenly than
    independent ones, so it happens by chance more seldom than that.
    """
    table = study.table
    names, of = headlines_of(study), headline_of(study, of)
    value = table.results[of]
    effects = _effects(study, value)
    return StudySummary(
        of=of,
        n_cells=len(table.cell),
        n_done=int(np.count_nonzero(table.done)),
        n_failed=len(table.cell) - int(np.count_nonzero(table.done)) - study.n_planned,
        n_planned=study.n_planned,
        headlines=tuple(_headline(name, table.results[name]) for name in names if np.any(_known(table.results[name]))),
        effects=tuple(sorted(effects, key=lambda one: (not one.stands_out, -one.span))),
        inputs=tuple(factor.path for factor in table.factors),
        cells=_cells(study, of, _to_show(value)),
    )


def _known(value: Array) -> NDArray[np.bool_]:
    return np.isfinite(value)


def _headline(name: str, value: Array) -> Headline:
    known = value[_known(value)]
    low, median, high = np.quantile(known, [0.0, 0.5, 1.0]).tolist()
    return Headline(name, len(known), low, median, high, int(np.count_nonzero(known > 0.5)))


def _effects(study: ReadStudy, value: Array) -> list[Effect]:
    """Say what goes along with each factor that has two values or more, but for the policy."""
    n_policies = max(len(study.sweep.policies), 1)
    by_policy = value.reshape(-1, n_policies)
    # A combination counts if it was done under every policy, as where policies are compared.
    done = np.all(_known(by_policy), axis=1)
    mean = np.mean(by_policy[done], axis=1)
    factors = [factor for factor in study.table.factors if factor.path != POLICY]
    parted = [(factor, _parts(factor, factor.values[::n_policies][done])) for factor in factors]
    level = _LEVEL / max(len(factors), 1)
    confounded = study.design not in CHOSEN and len(factors) > 1
    return [_effect(factor, parts, mean, level if confounded else None) for factor, parts in parted if len(parts) > 1]


def _effect(factor: Factor, parts: list[Part], value: Array, level: float | None) -> Effect:
    groups = tuple(_group(factor, low, high, value[within]) for low, high, within in parts)
    means = [group.mean for group in groups]
    span = max(means) - min(means)
    by_chance = level is not None and not _differ([value[within] for *_, within in parts], level)
    return Effect(factor.path, groups, span, stands_out=span >= _CLEAR_SPAN and not by_chance)


def _differ(groups: list[Array], level: float) -> bool:
    """Tell whether groups differ more than chance makes them, by an analysis of variance."""
    from scipy.special import fdtri

    everything = np.concatenate(groups)
    freedom, left = len(groups) - 1, len(everything) - len(groups)
    within = sum(float(np.sum((group - np.mean(group)) ** 2)) for group in groups)
    between = float(np.sum((everything - np.mean(everything)) ** 2)) - within
    return left > 0 and between / freedom > float(fdtri(freedom, left, 1 - level)) * within / left


def _parts(factor: Factor, at: Array) -> list[Part]:
    """Part combinations by a factor: each value for itself where there are few, else sorted into equal parts."""
    levels = np.unique(at)
    if factor.categorical or len(levels) <= _MOST_LEVELS:
        return [(level, level, at == level) for level in levels.tolist()]
    ends = [(float(part[0]), float(part[-1])) for part in np.array_split(levels, _GROUPS)]
    return [(low, high, (at >= low) & (at <= high)) for low, high in ends]


def _group(factor: Factor, low: float, high: float, value: Array) -> Group:
    return Group(low, high, factor.labels[int(low)] if factor.categorical else "", len(value), float(np.mean(value)))


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
