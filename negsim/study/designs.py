"""Which combinations of values are tried: one design a function, named in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.model.sampling import sample_sobol, sample_table
from negsim.scenario.words import did_you_mean, listed
from negsim.study.axes import Axis, Levels, Value
from negsim.study.designs_morris import morris
from negsim.study.designs_saltelli import N_PARTS, saltelli

__all__ = ["CHOSEN", "DEFAULT_CELLS", "DESIGNS", "MOST_CELLS", "SAMPLED", "Row", "lay_out_design"]

DEFAULT_CELLS = 256
DEFAULT_TRAJECTORIES = 20
DEFAULT_BASE_POINTS = 128
MOST_CELLS = 10_000_000

CHOSEN = ("grid", "list")
"""Designs of chosen values; in all others every path differs from cell to cell."""

SAMPLED = ("sobol", "lhs")
"""Designs whose combinations are a sample of all that there could be; elsewhere they are those asked about."""

Row = tuple[Value, ...]
"""The values of one cell, one for each axis."""

Points = NDArray[np.float64]


def lay_out_design(design: str, axes: Sequence[Axis], n_cells: int | None, seed: int) -> list[Row]:
    """List the combinations that a design tries.

    Parameters
    ----------
    design : str
        A key of `DESIGNS`.
    axes : sequence of Axis
        Without any there is one row, which holds nothing.
    n_cells : int, optional
        How many rows to make; `grid` and `list` know that themselves.
    seed : int

    Returns
    -------
    list of Row

    Raises
    ------
    UsageError
        If there is no such design, or it does not go with these axes or this number.

    Examples
    --------
    >>> from negsim.study.axes import read_axis
    >>> lay_out_design("grid", [read_axis("a", "1,2"), read_axis("b", "x,y")], None, 0)
    [(1.0, 'x'), (1.0, 'y'), (2.0, 'x'), (2.0, 'y')]
    """
    if design not in DESIGNS:
        raise UsageError(f"there is no design {design!r}; {did_you_mean(design, DESIGNS)}")
    if n_cells is not None and not 1 <= n_cells <= MOST_CELLS:
        raise UsageError(f"the number of cells must be 1 to {MOST_CELLS:,}, not {n_cells:,}")
    return DESIGNS[design](axes, n_cells, seed) if axes else [()]


def _levels(design: str, axes: Sequence[Axis], n_cells: int | None) -> list[tuple[Value, ...]]:
    """Take the values of axes that all have some, for a design that counts its cells itself."""
    endless = next((axis for axis in axes if not isinstance(axis.over, Levels)), None)
    if endless is not None:
        told = f"{endless.path}={endless.text}" if endless.text else endless.path
        hint = f"{endless.text}/5 gives five of them" if ".." in endless.text else "list some with commas between them"
        raise UsageError(f"--vary {told}: a {design} needs separate values; {hint}, or take --design sobol")
    if n_cells is not None:
        raise UsageError(f"a {design} has as many cells as its values make; leave --cells out")
    return [axis.over.values for axis in axes if isinstance(axis.over, Levels)]


def _grid(axes: Sequence[Axis], n_cells: int | None, seed: int) -> list[Row]:
    """Combine every value with every other; the last axis changes fastest."""
    del seed
    levels = _levels("grid", axes, n_cells)
    if prod(map(len, levels)) > MOST_CELLS:
        sizes = " x ".join(f"{len(one):,}" for one in levels)
        raise UsageError(f"the grid has {sizes} cells, more than {MOST_CELLS:,}; take fewer values, or --design sobol")
    return list(product(*levels))


def _list(axes: Sequence[Axis], n_cells: int | None, seed: int) -> list[Row]:
    """Take the first values of all axes together, then the second, and so on."""
    del seed
    levels = _levels("list", axes, n_cells)
    if len({len(one) for one in levels}) > 1:
        sizes = listed([f"{axis.path} has {len(one)}" for axis, one in zip(axes, levels, strict=True)], "and")
        raise UsageError(f"a list takes as many values of each path: {sizes}")
    return list(zip(*levels, strict=True))


def _sampled(
    sample: Callable[[int | None, int, int], Points],
) -> Callable[[Sequence[Axis], int | None, int], list[Row]]:
    """Turn points of the unit cube, made from (cells, axes, seed), into rows."""

    def lay_out(axes: Sequence[Axis], n_cells: int | None, seed: int) -> list[Row]:
        unit = sample(n_cells, len(axes), seed)
        return list(zip(*(axis.over.at(unit[:, k]) for k, axis in enumerate(axes)), strict=True))

    return lay_out


def _sobol(n_cells: int | None, n_axes: int, seed: int) -> Points:
    return sample_sobol("study", n_cells or DEFAULT_CELLS, n_axes, seed=seed)


def _morris(n_cells: int | None, n_axes: int, seed: int) -> Points:
    """Walk as many whole trajectories as the cells allow."""
    return morris(n_axes, _whole("a trajectory", n_cells, n_axes + 1, DEFAULT_TRAJECTORIES, 1), seed=seed)


def _saltelli(n_cells: int | None, n_axes: int, seed: int) -> Points:
    """Take as many base points as the cells allow, in parts of equal powers of 2."""
    n_base = _whole("a base point", n_cells, n_axes + 2, DEFAULT_BASE_POINTS, N_PARTS)
    return saltelli(n_axes, N_PARTS << (n_base // N_PARTS).bit_length() - 1, seed=seed)


def _whole(noun: str, n_cells: int | None, size: int, default: int, least: int) -> int:
    """Tell how many groups of cells there are to be, each of a size, where so many cells may be."""
    if n_cells is None:
        return default
    if n_cells < least * size:
        said = f"{noun} takes {size:,} cells here, and there must be {least} or more"
        raise UsageError(f"--cells {n_cells:,}: {said}; take {least * size:,} at least")
    return n_cells // size


def _latin_hypercube(n_cells: int | None, n_axes: int, seed: int) -> Points:
    """Put one point in each of as many strata of every axis, in an order of its own (McKay et al. 1979)."""
    n_cells = n_cells or DEFAULT_CELLS
    uniform = sample_table("study lhs", (2, n_cells, n_axes), seed=seed)
    return (np.argsort(uniform[0], axis=0) + uniform[1]) / n_cells


DESIGNS: Mapping[str, Callable[[Sequence[Axis], int | None, int], list[Row]]] = {
    "grid": _grid,
    "list": _list,
    "sobol": _sampled(_sobol),
    "lhs": _sampled(_latin_hypercube),
    "morris": _sampled(_morris),
    "saltelli": _sampled(_saltelli),
}
