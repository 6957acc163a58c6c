"""What the model takes for granted where a scenario says nothing, and what could be taken for granted instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negsim.errors import UsageError
from negsim.scenario.words import did_you_mean

__all__ = ["AS_STATED", "IRRELEVANT_WORTHS", "VALUE_SHAPES", "Assumptions"]

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

    def __post_init__(self) -> None:
        _check("value_shape", self.value_shape, VALUE_SHAPES)
        _check("irrelevant", self.irrelevant, IRRELEVANT_WORTHS)


def _check(assumption: str, chosen: str, known: Mapping[str, object]) -> None:
    if chosen not in known:
        raise UsageError(f"there is no {assumption} {chosen!r}; {did_you_mean(chosen, known)}")


AS_STATED = Assumptions()
"""What every analysis assumes."""
