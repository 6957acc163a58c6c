"""Leads discovery: from the cells of a study and a condition to the boxes in which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.scenario.words import did_you_mean
from negsim.study.discovery.boxes import Search, cover, inflation_of, share
from negsim.study.discovery.choosing import KNEE, Choice
from negsim.study.discovery.regions import Points
from negsim.study.discovery.result import Discovery, Varied
from negsim.study.table import POLICY, Factor, StudyTable
from negsim.study.where import Where

__all__ = ["discover"]

_FEWEST_CELLS, _FEWEST_GROUPS = 20, 4


def discover(
    table: StudyTable,
    where: Where,
    *,
    policy: str = "",
    choice: Choice = KNEE,
    most_boxes: int = 3,
    n_resamples: int = 20,
) -> Discovery:
    """Find the boxes, in what a study varied, in which a condition holds.

    Parameters
    ----------
    table : StudyTable
    where : Where
        Read for the names of this table; it tells the cells of interest.
    policy : str
        If given, only cells of this policy are read.
    choice : Choice
        Which box of the first trajectory to take; by default its knee.
    most_boxes, n_resamples : int
        How many boxes to seek, and in how many random halves of the cells to repeat each search; at least 1.

    Returns
    -------
    Discovery

    Raises
    ------
    UsageError
        If there is no such policy, or no box as ``choice`` asks.

    References
    ----------
    Bryant & Lempert (2010), Technological Forecasting & Social Change 77, 34-49: scenario discovery. Deviation: a box
    must hold up in cells that it was not fitted to.

    Examples
    --------
    >>> from negsim.study.where import parse_where
    >>> level = np.arange(400.0) % 20
    >>> table = StudyTable("sale", "list", 1, np.arange(400), np.ones(400, dtype=bool), (Factor("level", level),),
    ...                    {"p_zone": level / 19})
    >>> box = discover(table, parse_where("p_zone > 0.5", {"p_zone": ()})).boxes[0]
    >>> box.limits[0].path, box.limits[0].side, box.limits[0].value
    ('level', 'low', 10.0)
    """
    wanted = _of_policy(table, policy)
    factors = tuple(factor for factor in table.factors if not (policy and factor.path == POLICY))
    read = np.all([wanted, where.known(table), *(np.isfinite(factor.values) for factor in factors)], axis=0)
    interest = where.holds(table)[read]
    varying = [factor for factor in factors if len(np.unique(factor.values[read])) > 1]
    group = _groups(table)[read]
    inflation = inflation_of(interest, group) if len(interest) else 1.0
    found = Discovery(
        study=table.name,
        where=where.text,
        policy=policy,
        seed=table.seed,
        n_planned=int(np.count_nonzero(wanted)),
        n_unknown=int(np.count_nonzero(wanted & ~read)),
        n_cells=len(interest),
        n_interest=int(np.count_nonzero(interest)),
        base_rate=share(interest, np.ones_like(interest), inflation) if len(interest) else None,
        varied=tuple(_varied(factor, read) for factor in varying),
        constant=tuple(factor.path for factor in factors if factor not in varying),
        boxes=(),
        rejected=None,
        covered=None,
        reason="",
        n_resamples=n_resamples,
    )
    reason = _hopeless(found, len(np.unique(group)))
    if reason:
        return replace(found, reason=reason)
    points = Points(_columns(varying, read), tuple(factor.categorical for factor in varying), interest)
    search = Search(varying, points, group, n_resamples, table.seed, inflation)
    boxes, rejected, covered = cover(search, choice, most_boxes)
    return replace(
        found,
        boxes=boxes,
        rejected=rejected,
        covered=share(covered & interest, interest, inflation) if boxes else None,
        reason="" if boxes else "chance",
    )


def _of_policy(table: StudyTable, policy: str) -> NDArray[np.bool_]:
    """Tell which cells are of a policy; all if none is asked for."""
    if not policy:
        return np.ones(len(table.cell), dtype=bool)
    factor = next((factor for factor in table.factors if factor.path == POLICY), None)
    if factor is None:
        raise UsageError(f"--policy {policy}: the study {table.name} compares no policies")
    if policy not in factor.labels:
        hint = did_you_mean(policy, factor.labels)
        raise UsageError(f"--policy {policy}: the study {table.name} has no such policy; {hint}")
    chosen: NDArray[np.bool_] = factor.values == factor.labels.index(policy)
    return chosen


def _groups(table: StudyTable) -> NDArray[np.int64]:
    """Give cells that share a point, or all but a coordinate of it, the same number.

    Policies are compared at the same points. Saltelli's rows come in groups of a base point, its partner and their
    exchanges, Morris's in trajectories.
    """
    policy = next((factor for factor in table.factors if factor.path == POLICY), None)
    rank = np.arange(len(table.cell))
    for value in np.unique(policy.values) if policy is not None else ():
        assert policy is not None
        of_policy = policy.values == value
        rank[of_policy] = np.arange(np.count_nonzero(of_policy))
    n_factors = len(table.factors) - (policy is not None)
    size = {"saltelli": n_factors + 2, "morris": n_factors + 1}.get(table.design, 1)
    return (rank // size).astype(np.int64)


def _columns(factors: Sequence[Factor], read: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.array([factor.values[read] for factor in factors])


def _varied(factor: Factor, read: NDArray[np.bool_]) -> Varied:
    values = factor.values[read]
    if factor.categorical:
        return Varied(factor.path, words=tuple(factor.labels[int(value)] for value in np.unique(values)))
    return Varied(factor.path, float(np.min(values)), float(np.max(values)))


def _hopeless(found: Discovery, n_groups: int) -> str:
    """Say why no box can be sought, if so."""
    if not found.n_cells:
        return "no_cells"
    if not found.n_interest:
        return "nowhere"
    if found.n_interest == found.n_cells:
        return "everywhere"
    if not found.varied:
        return "nothing_varies"
    return "few_cells" if found.n_cells < _FEWEST_CELLS or n_groups < _FEWEST_GROUPS else ""
