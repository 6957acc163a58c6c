"""Tactics of others: what a package that is installed beside negsim offers under the entry point ``negsim.tactics``.

Nothing is looked up, and no such package is loaded, until a scenario names a tactic that is not among our own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from negsim.errors import UsageError
from negsim.scenario.bargaining import TACTIC_PARAMETERS, Parameter
from negsim.scenario.schema_base import ID_PATTERN

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

__all__ = ["GROUP", "known_tactics", "tactic_parameters"]

GROUP = "negsim.tactics"


def tactic_parameters(name: str) -> tuple[Parameter, ...] | None:
    """Give the parameters of a tactic, our own or another's; None if there is no such tactic.

    Raises
    ------
    UsageError
        If another's tactic cannot be loaded, or does not say what parameters it has.

    Examples
    --------
    >>> [(parameter.name, parameter.default) for parameter in tactic_parameters("stalling")]
    [('exponent', 10.0)]
    >>> tactic_parameters("no_such_tactic")
    """
    if name in TACTIC_PARAMETERS:
        return TACTIC_PARAMETERS[name]
    offered = _others().get(name)
    return None if offered is None else _load(offered)


def known_tactics() -> tuple[str, ...]:
    """Name all tactics there are: our own, then those of others by name."""
    return (*TACTIC_PARAMETERS, *(name for name in _others() if name not in TACTIC_PARAMETERS))


@cache
def _others() -> Mapping[str, EntryPoint]:
    """Find the tactics of others, in the order of their names; one whose name no file could write is none."""
    from importlib.metadata import entry_points

    offered = sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    return {entry.name: entry for entry in reversed(offered) if re.fullmatch(ID_PATTERN, entry.name)}


def _load(offered: EntryPoint) -> tuple[Parameter, ...]:
    try:
        parameters = offered.load().parameters
    except Exception as error:  # what others wrote can fail in any way
        reason = f"{type(error).__name__}: {error}"
        raise UsageError(f"the tactic {offered.name} of {offered.value} cannot be loaded: {reason}") from error
    if not isinstance(parameters, tuple) or not all(isinstance(item, Parameter) for item in parameters):
        raise UsageError(f"the tactic {offered.name} of {offered.value} has parameters that are no tuple of Parameter")
    return parameters
