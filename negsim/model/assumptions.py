"""What the model takes for granted where a scenario says nothing, and what could be taken for granted instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.records import dataclass
from negsim.scenario.words import did_you_mean

__all__ = [
    "AS_STATED",
    "BELIEFS",
    "BREACHES",
    "GOOD_FAITH",
    "IRRELEVANT_WORTHS",
    "LEVERS",
    "OPTIONS",
    "RATIFIERS",
    "VALUE_SHAPES",
    "Assumptions",
]

Array = NDArray[np.float64]


def _linear(away: Array) -> Array:
    return 1 - away


def _step(away: Array) -> Array:
    return np.where(away > 0, 0.0, 1.0)


def _concave(away: Array) -> Array:
    return 1 - away * away


VALUE_SHAPES: Mapping[str, Callable[[Array], Array]] = {"linear": _linear, "step": _step, "concave": _concave}
"""How value falls outside a demand: share of the distance to the farthest option, to share of the full value.

``step`` gives nothing for a near miss and ``concave`` almost everything, so that they stand on either side of
``linear``. All three are 1 where the demand is met and 0 at the farthest option.
"""


def _worst(value: Array) -> Array:
    return np.min(value, axis=1)


def _best(value: Array) -> Array:
    return np.max(value, axis=1)


IRRELEVANT_WORTHS: Mapping[str, Callable[[Array], Array] | None] = {"as_stated": None, "worst": _worst, "best": _best}
"""What an issue that does not arise is worth to a party: as the scenario states, or from its options there."""


BELIEFS = ("own", "common")
OPTIONS = ("as_stated", "inside", "outside")
BREACHES = ("possible", "impossible")
RATIFIERS = ("asked", "not_asked")
LEVERS = ("pulled", "not_pulled")
GOOD_FAITH = ("taken_for_granted", "drawn")
"""What else can be assumed; the first of each is what every analysis assumes."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """One choice of each; the defaults are those of every analysis.

    Parameters
    ----------
    value_shape : str
        A key of `VALUE_SHAPES`: values that a demand implies. Values that are given, and the straight lines between
        given points of a scale, stay.
    irrelevant : str
        A key of `IRRELEVANT_WORTHS`; ``worst`` and ``best`` are those of the party, the issue and the world.
    belief : str
        One of `BELIEFS`: whose belief about winning each side judges a war by; ``common`` are the hazards as drawn.
    option : str
        One of `OPTIONS`: what a war or lottery is to every party that says what it holds now.
    breach : str
        One of `BREACHES`: whether deals may be broken.
    ratifiers, levers, good_faith : str
        One of `RATIFIERS`, `LEVERS` and `GOOD_FAITH`: who is asked at home, whether mediators pull their levers, and
        whether parties that do not negotiate seriously accept nothing.
    pressure : tuple of (str, float)
        Points taken from the no-deal values of some actors, beyond those of sticks.

    Raises
    ------
    UsageError
        If there is no such choice.

    Examples
    --------
    >>> Assumptions(value_shape="step").irrelevant
    'as_stated'
    """

    value_shape: str = "linear"
    irrelevant: str = "as_stated"
    belief: str = "own"
    option: str = "as_stated"
    breach: str = "possible"
    ratifiers: str = "asked"
    levers: str = "pulled"
    good_faith: str = "taken_for_granted"
    pressure: tuple[tuple[str, float], ...] = ()

    @property
    def leaves_risk(self) -> bool:
        """Whether the risk of breach asks for what it asks for in every analysis."""
        stated = (AS_STATED.belief, AS_STATED.option, AS_STATED.breach, AS_STATED.levers)
        return self.leaves_values and (self.belief, self.option, self.breach, self.levers) == stated

    @property
    def leaves_values(self) -> bool:
        """Whether options are worth what they are worth in every analysis."""
        return (self.value_shape, self.irrelevant) == (AS_STATED.value_shape, AS_STATED.irrelevant)

    def __post_init__(self) -> None:
        _check("value_shape", self.value_shape, VALUE_SHAPES)
        _check("irrelevant", self.irrelevant, IRRELEVANT_WORTHS)
        _check("belief", self.belief, BELIEFS)
        _check("option", self.option, OPTIONS)
        _check("breach", self.breach, BREACHES)
        _check("ratifiers", self.ratifiers, RATIFIERS)
        _check("levers", self.levers, LEVERS)
        _check("good_faith", self.good_faith, GOOD_FAITH)


def _check(assumption: str, chosen: str, known: Collection[str]) -> None:
    if chosen not in known:
        raise UsageError(f"there is no {assumption} {chosen!r}; {did_you_mean(chosen, known)}")


AS_STATED = Assumptions()
"""What every analysis assumes."""
