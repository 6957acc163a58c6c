"""What to ask of worlds beyond whether they have a zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.types import Role, Scenario
from negsim.scenario.words import did_you_mean
from negsim.solutions.table import SOLUTIONS

__all__ = ["METHODS", "USUAL", "Questions", "check_questions"]

METHODS = ("auto", "enumerate", "merge")
"""How zones can be found: outcome by outcome, by merging free issues into efficient sums, or whichever suits."""


@dataclass(frozen=True, slots=True)
class Questions:
    """What to ask of worlds beyond whether they have a zone.

    ``compare_points`` asks for what weighs points of one party against another's: the egalitarian and the utilitarian
    solution, and the least total shortfall. ``weights`` are bargaining powers of signatories for the Nash solution, 1
    for a party that is not named. ``points`` is how far a no-deal value is lowered to see what it blocks. ``method`` is
    how zones are found: ``enumerate`` every outcome, ``merge`` free issues into efficient sums, or ``auto``, which
    merges where outcomes are too many.
    """

    compare_points: bool = False
    weights: Mapping[str, float] = field(default_factory=dict)
    points: float = 5.0
    method: str = "auto"

    def __post_init__(self) -> None:
        """Keep a copy of the weights, which nobody else can change and any process can be sent."""
        object.__setattr__(self, "weights", dict(self.weights))

    @property
    def solutions(self) -> tuple[str, ...]:
        """The solutions asked for, keys of `negsim.solutions.SOLUTIONS`."""
        return tuple(name for name, one in SOLUTIONS.items() if self.compare_points or not one.compares_points)


USUAL = Questions()
"""What is asked where nothing else is said."""


def check_questions(questions: Questions, scenario: Scenario) -> None:
    """Check what is asked of a scenario.

    Raises
    ------
    UsageError
        If there is no such method or signatory, or a number makes no sense.
    """
    if questions.method not in METHODS:
        raise UsageError(f"there is no method {questions.method!r}; {did_you_mean(questions.method, METHODS)}")
    signatories = [party.id for party in scenario.parties if party.role is Role.SIGNATORY]
    if questions.weights and scenario.agreement.quorum is not None:
        raise UsageError("parties have no weights where a quorum decides: who signs differs from deal to deal")
    for party, weight in questions.weights.items():
        if party not in signatories:
            raise UsageError(f"there is no signatory {party!r} to weigh; {did_you_mean(party, signatories)}")
        if not 0 < weight < float("inf"):
            raise UsageError(f"the weight of {party} must be positive and finite, not {weight:g}")
    if not 0 < questions.points <= 100:
        raise UsageError(f"a no-deal value is lowered by more than 0 and at most 100 points, not {questions.points:g}")
