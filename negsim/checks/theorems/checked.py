"""What checking a theorem on a scenario comes to."""

from __future__ import annotations

from enum import StrEnum

from negsim.records import dataclass

__all__ = ["Checked", "Verdict", "fails", "holds", "not_applying"]

_OURS = "This is a bug of negsim and not of the scenario; please report it with the file."


class Verdict(StrEnum):
    """Whether a theorem holds on a scenario, as far as it was looked."""

    HOLDS = "holds"
    FAILS = "fails"
    OUTSIDE = "does not apply"


@dataclass(frozen=True, slots=True)
class Checked:
    """A theorem tried on one scenario.

    ``n_cases`` counts what was compared: worlds, or outcomes of worlds. ``detail`` says what was compared, what was
    found instead, or why the theorem does not apply; ``where`` names the world (and outcome) of a failure, else it is
    empty. A theorem that fails is a bug of negsim, as ``detail`` says then.
    """

    theorem: str
    verdict: Verdict
    n_cases: int
    detail: str
    where: str = ""


def holds(theorem: str, n_cases: int, detail: str) -> Checked:
    """Say that nothing was found against a theorem."""
    return Checked(theorem, Verdict.HOLDS, n_cases, detail)


def fails(theorem: str, n_cases: int, detail: str, where: str) -> Checked:
    """Say that a theorem is broken, and by whom."""
    return Checked(theorem, Verdict.FAILS, n_cases, f"{detail}. {_OURS}", where)


def not_applying(theorem: str, reason: str) -> Checked:
    """Say that a scenario lies outside of what a theorem speaks of."""
    return Checked(theorem, Verdict.OUTSIDE, 0, reason)
