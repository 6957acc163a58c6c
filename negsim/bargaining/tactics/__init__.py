"""The tactics that there are, by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import entry_points
from types import MappingProxyType

from negsim.bargaining.tactics.base import Moment, Outlook, Stance, Tactic
from negsim.bargaining.tactics.equilibrium import EQUILIBRIUM
from negsim.bargaining.tactics.steadfast import HOLDOUT, TAKE_IT_OR_LEAVE_IT
from negsim.bargaining.tactics.time import EXPONENTIAL, STALLING, TIME
from negsim.bargaining.tactics.tit_for_tat import ABSOLUTE, AVERAGED, RELATIVE
from negsim.bargaining.tactics.zeuthen import ZEUTHEN
from negsim.errors import UsageError
from negsim.scenario.plugins import known_tactics
from negsim.scenario.words import did_you_mean

__all__ = ["TACTICS", "Moment", "Outlook", "Stance", "Tactic", "find_tactic"]

TACTICS: Mapping[str, Tactic] = MappingProxyType(
    {
        tactic.name: tactic
        for tactic in (
            TIME,
            EXPONENTIAL,
            RELATIVE,
            ABSOLUTE,
            AVERAGED,
            ZEUTHEN,
            TAKE_IT_OR_LEAVE_IT,
            HOLDOUT,
            STALLING,
            EQUILIBRIUM,
        )
    }
)
"""Every tactic of ours; those of `negsim.scenario.bargaining.TACTIC_PARAMETERS`."""


def find_tactic(name: str) -> Tactic:
    """Give a tactic by its name: one of ours, or what an installed package calls so under ``negsim.tactics``.

    Raises
    ------
    UsageError
        If there is no such tactic, or what the package offers is none.
    """
    if name in TACTICS:
        return TACTICS[name]
    # Where two packages offer one, the same as that of which `negsim.scenario.plugins` reads the parameters.
    found = min(entry_points(group="negsim.tactics", name=name), key=lambda entry: entry.value, default=None)
    if found is None:
        raise UsageError(f"there is no tactic '{name}': {did_you_mean(name, known_tactics())}")
    tactic = found.load()
    if not isinstance(tactic, Tactic):
        raise UsageError(f"the tactic {name} of {found.value} is no negsim.bargaining.Tactic, so it cannot be played")
    return tactic
