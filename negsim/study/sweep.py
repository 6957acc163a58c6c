"""A sweep: a scenario, what of it is varied, by which design, under which policies, and what is asked of each cell."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any

from negsim.errors import NegsimError, UsageError, format_path
from negsim.model.sampling import SAMPLERS
from negsim.records import dataclass
from negsim.scenario.inventory import NamedQuantity, list_quantities
from negsim.scenario.quantities import is_uncertain
from negsim.scenario.types import Scenario
from negsim.scenario.words import did_you_mean, listed, number_text
from negsim.study.axes import Axis, Levels, Own, Value, read_axis, set_text
from negsim.study.designs import MOST_CELLS, Row, lay_out_design
from negsim.study.outcomes import OUTCOMES
from negsim.study.table import POLICY
from negsim.study.work import ScenarioWork
from negsim.zone.analysis import MAX_WORLDS

__all__ = [
    "ALL",
    "AS_IS",
    "DEFAULT_WORLDS",
    "Policy",
    "Sweep",
    "axes_of",
    "cells_of",
    "check_sweep",
    "sweep_id",
    "work_of",
]

DEFAULT_WORLDS = 1024

ALL = "all"
"""What stands for every uncertain quantity among the paths to vary."""

AS_IS = "as_is"
"""The policy that changes nothing, with which a single one is compared."""

_FROM_SET = r"^--set(?::[0-9]+:[0-9]+)?: "
"""How a problem of what a cell sets begins."""

_MOST_IN_COMPANY = 20
"""Cells in which a value is tried that cannot be set alone."""

_MOST_TRIED = 50
"""Values of an axis that are tried before a study begins; more are left to their cells."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy by its name: changes, each ``PATH=VALUE``."""

    name: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Everything that the results of a study depend on, apart from versions and the kind of processor.

    ``scenario`` is the text of a scenario, with its base and all changes for the whole study in it; ``vary`` are pairs
    of a path and what it is varied over, as written (empty: over what the scenario says of it). ``design`` is a key of
    `negsim.study.designs.DESIGNS`, ``of`` are keys of `negsim.study.outcomes.OUTCOMES`.
    """

    scenario: str
    vary: tuple[tuple[str, str], ...] = ()
    design: str = ""
    n_cells: int | None = None
    policies: tuple[Policy, ...] = ()
    of: tuple[str, ...] = ("zone",)
    n_worlds: int = DEFAULT_WORLDS
    seed: int = 0
    sampler: str = "lhs"
    keeps_worlds: bool = False

    def data(self) -> dict[str, Any]:
        """Give all of it as plain data."""
        return asdict(self)

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Sweep:
        """Make a sweep of what `data` gave, perhaps by way of JSON."""
        policies = tuple(Policy(one["name"], tuple(one["changes"])) for one in data["policies"])
        vary = tuple((path, over) for path, over in data["vary"])
        return cls(**{**data, "policies": policies, "vary": vary, "of": tuple(data["of"])})


def sweep_id(sweep: Sweep, scenario: Scenario, version: str) -> str:
    """Name a study by its scenario and a hash of all that its results depend on."""
    inputs = json.dumps({"negsim": version, **sweep.data()}, sort_keys=True)
    digest = hashlib.sha256(inputs.encode("utf-8")).hexdigest()
    return f"{re.sub(r'[^A-Za-z0-9_-]', '-', scenario.id)}-sweep-{digest[:10]}"


def work_of(sweep: Sweep) -> ScenarioWork:
    """Say what is done with each cell."""
    policies = tuple((policy.name, policy.changes) for policy in sweep.policies)
    return ScenarioWork(
        sweep.scenario, sweep.of, sweep.n_worlds, sweep.seed, sweep.sampler, policies, sweep.keeps_worlds
    )


def axes_of(sweep: Sweep, scenario: Scenario) -> tuple[Axis, ...]:
    """Read what is varied.

    Raises
    ------
    UsageError
        If something cannot be read, stands twice or within another, or has no distribution to be varied over.
    """
    uncertain = {format_path(one.path): one for one in list_quantities(scenario) if is_uncertain(one.quantity)}
    axes = tuple(axis for path, over in sweep.vary for axis in _axes(path, over, uncertain))
    for k, axis in enumerate(axes):
        for other in axes[:k]:
            if f"{axis.path}.".startswith(f"{other.path}.") or f"{other.path}.".startswith(f"{axis.path}."):
                twice = f"--vary {axis.path} stands there twice"
                within = f"--vary {other.path} and --vary {axis.path} change the same thing"
                raise UsageError(twice if axis.path == other.path else within)
    return axes


def _axes(path: str, over: str, uncertain: Mapping[str, NamedQuantity]) -> Iterator[Axis]:
    if over:
        yield read_axis(path, over)
    elif path == ALL:
        yield from (Axis(name, Own(named), "") for name, named in uncertain.items())
    elif path in uncertain:
        yield Axis(path, Own(uncertain[path]), "")
    else:
        hint = did_you_mean(path, uncertain) if uncertain else "the scenario leaves nothing uncertain"
        raise UsageError(
            f"--vary {path}: the scenario gives it no range; say over what, as in {path}=0..1/11, or {hint}"
        )


def cells_of(sweep: Sweep, axes: Sequence[Axis]) -> tuple[tuple[str, ...], list[Row]]:
    """Lay out all cells: the names of their inputs, and their values; policies change fastest.

    Raises
    ------
    UsageError
        If the design does not go with what is varied, or there are too many cells.
    """
    design = sweep.design or default_design(axes)
    rows = lay_out_design(design, axes, sweep.n_cells, sweep.seed)
    names = tuple(axis.path for axis in axes)
    if not sweep.policies:
        return names, rows
    if len(rows) * len(sweep.policies) > MOST_CELLS:
        raise UsageError(f"{len(rows):,} cells under {len(sweep.policies)} policies are more than {MOST_CELLS:,}")
    return (*names, POLICY), [(*row, policy.name) for row in rows for policy in sweep.policies]


def default_design(axes: Sequence[Axis]) -> str:
    """Take every combination where all paths have separate values, else spread points evenly."""
    return "grid" if all(isinstance(axis.over, Levels) for axis in axes) else "sobol"


def check_sweep(sweep: Sweep, axes: Sequence[Axis], rows: Sequence[Row] = ()) -> None:
    """Refuse what no cell could be done with, before any is: unknown questions and paths, values that cannot be set.

    A value that cannot be set alone may do with others: it is refused if it does in none of some ``rows`` that hold it.

    Raises
    ------
    UsageError
        It names the option and the value.
    """
    for name in sweep.of:
        if name not in OUTCOMES:
            raise UsageError(f"--of {name}: {did_you_mean(name, OUTCOMES)}")
    if len(set(sweep.of)) < len(sweep.of) or not sweep.of:
        raise UsageError(
            f"--of {','.join(sweep.of)}: name each of {listed(list(OUTCOMES))} once at most, and one at least"
        )
    if not 1 <= sweep.n_worlds <= MAX_WORLDS:
        raise UsageError(f"the number of worlds must be 1 to {MAX_WORLDS:,}, not {sweep.n_worlds:,}")
    if sweep.sampler not in SAMPLERS:
        raise UsageError(f"there is no sampler {sweep.sampler!r}; {did_you_mean(sweep.sampler, SAMPLERS)}")
    if not axes and not sweep.policies:
        raise UsageError("there is nothing to sweep: give --vary PATH=SPEC, or --policy NAME=PATH=VALUE")
    work = work_of(sweep)
    for name in sweep.of:
        OUTCOMES[name].refuse(work.scenario())
    for axis in axes:
        for value in _to_try(axis):
            if not _does_in_company(work, axes, axis, value, rows):
                _try(work, [f"{axis.path}={set_text(value)}"], f"--vary {axis.path}: {_shown(value)} cannot be set")
    _check_policies(sweep.policies, axes, work)


def _to_try(axis: Axis) -> tuple[Value, ...]:
    tried = axis.over.extremes
    return tried if len(tried) <= _MOST_TRIED else (*tried[: _MOST_TRIED - 1], tried[-1])


def _does_in_company(work: ScenarioWork, axes: Sequence[Axis], axis: Axis, value: Value, rows: Sequence[Row]) -> bool:
    """Tell whether a value cannot be set alone, and can in one of the first cells that have it."""
    if len(axes) < 2 or _can_be_read(work, [f"{axis.path}={set_text(value)}"]):
        return False
    place = axes.index(axis)
    holding = islice((row for row in rows if row[place] == value), _MOST_IN_COMPANY)
    paths = [one.path for one in axes]
    return any(
        _can_be_read(work, [f"{path}={set_text(one)}" for path, one in zip(paths, row, strict=False)])
        for row in holding
    )


def _can_be_read(work: ScenarioWork, changes: Sequence[str]) -> bool:
    try:
        work.scenario(changes)
    except NegsimError:
        return False
    return True


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else number_text(value)


def _check_policies(policies: Sequence[Policy], axes: Sequence[Axis], work: ScenarioWork) -> None:
    names = [policy.name for policy in policies]
    twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        raise UsageError(f"--policy {twice} stands there twice")
    for policy in policies:
        paths = [change.partition("=")[0].strip() for change in policy.changes]
        for k, path in enumerate(paths):
            if path in paths[:k]:
                raise UsageError(f"--policy {policy.name} sets {path} twice")
            if any(f"{path}.".startswith(f"{axis.path}.") or f"{axis.path}.".startswith(f"{path}.") for axis in axes):
                raise UsageError(f"--policy {policy.name} sets {path}, which --vary changes too")
        _try(work, policy.changes, f"--policy {policy.name} cannot be followed")


def _try(work: ScenarioWork, changes: Sequence[str], said: str) -> None:
    try:
        work.scenario(changes)
    except NegsimError as error:
        # What was set is said before; that it was read as --set reads it is no news.
        raise UsageError(f"{said}\n{re.sub(_FROM_SET, '', str(error), flags=re.MULTILINE)}") from None
