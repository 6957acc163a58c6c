"""What judging comes to: verdicts, of which kind they are, and what was found on the way."""

from __future__ import annotations

from enum import StrEnum

from negsim.checks.judging.bounds import Bounds
from negsim.errors import Path
from negsim.model.points import Factor
from negsim.records import dataclass
from negsim.scenario.claims.tree import Expectation

__all__ = ["Broken", "Edit", "Figure", "Judgement", "Kind", "Verdict"]


class Verdict(StrEnum):
    """Whether something that is expected is so."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"


class Kind(StrEnum):
    """What kind of answer a verdict is.

    ``PROVED`` went through all there is; ``CASES`` found nothing to the contrary in many; ``COUNTEREXAMPLE`` has one to
    show; ``UNDECIDED`` says what is missing.
    """

    PROVED = "proved"
    CASES = "holds in cases"
    COUNTEREXAMPLE = "counterexample"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Figure:
    """A result that was counted: how a claim writes it, its bounds, and at which value of what was changed, if any."""

    text: str
    bounds: Bounds
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """A world that breaks a claim: the value of each factor, and what the claim's results are there."""

    factors: tuple[Factor, ...]
    point: tuple[float, ...]
    shown: str

    @property
    def moved(self) -> tuple[tuple[Factor, float], ...]:
        """The factors that are not at their centres, with their values."""
        pairs = zip(self.factors, self.point, strict=True)
        return tuple((factor, value) for factor, value in pairs if value != factor.centre)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one value of a scenario file: the path of the value, and YAML to put there.

    ``stood`` is what stands there now, empty where the file leaves it out; ``reach`` says what it could be.
    """

    path: Path
    value: str
    stood: str
    reach: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict on one expectation.

    ``scope`` says of what it is told: how many worlds, which corners. ``figures`` are what was counted, ``broken`` is a
    single world that breaks the claim. ``n_cases`` counts worlds looked at, and ``n_needed`` estimates how many would
    decide, where that is open for want of worlds; ``reason`` says what else is.
    """

    expectation: Expectation
    verdict: Verdict
    kind: Kind
    scope: str
    n_cases: int = 0
    figures: tuple[Figure, ...] = ()
    broken: Broken | None = None
    n_needed: float | None = None
    reason: str = ""
