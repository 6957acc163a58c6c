"""What a claim is once it is understood: over what it speaks, what it compares, and what is changed meanwhile."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from negsim.errors import Path
from negsim.records import dataclass
from negsim.scenario.conditions.syntax import Expression
from negsim.scenario.conditions.tree import Condition

__all__ = ["Change", "Claim", "Expectation", "Measure", "Scope", "Trend"]


class Scope(StrEnum):
    """Over what a claim speaks: the worlds of the file taken together, each of them, or each deal that can be made."""

    FILE = "file"
    WORLD = "every world"
    OUTCOME = "every outcome in zone"


class Trend(StrEnum):
    """What a number does while something is changed; ``RISES`` and ``FALLS`` at no step go back, and end elsewhere."""

    NOT_UP = "does not increase"
    NOT_DOWN = "does not decrease"
    SAME = "is unchanged"
    UP = "increases"
    DOWN = "decreases"


@dataclass(frozen=True, slots=True)
class Measure:
    """A result that a claim names, as written (``text``).

    ``name`` is a key of `MEASURES`, or ``quantity``. What it is asked of: ``party`` is the id of an actor,
    ``condition`` one on issues, ``path`` that of a red line, a rule or a quantity.
    """

    text: str
    name: str
    party: str = ""
    condition: Condition | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed: a quantity goes from ``low`` to ``high``, a value becomes another, something is dropped."""

    path: Path
    kind: Literal["goes", "becomes", "dropped"]
    low: float = 0.0
    high: float = 0.0
    value: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as written (``text``) and as understood.

    ``root`` is a condition on the results that are ``named``; with a ``trend``, a number that has it when the
    ``change`` is made. Of every outcome, ``condition`` is what must hold of it. A claim can be hashed, as all of a
    scenario can.
    """

    text: str
    scope: Scope
    root: Expression | None = None
    named: tuple[Measure, ...] = ()
    trend: Trend | None = None
    change: Change | None = None
    condition: Condition | None = None

    @property
    def measures(self) -> dict[str, Measure]:
        """The results that it names, by how they are written."""
        return {one.text: one for one in self.named}


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something that the author says must hold, and why; where ``warns``, it is a warning if it does not."""

    id: str
    claim: Claim
    warns: bool = False
    because: str = ""

    @property
    def path(self) -> Path:
        """Where it stands in the file."""
        return ("expect", self.id)
