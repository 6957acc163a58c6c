"""Time-dependent tactics: what is asked for falls towards the deadline, whatever the others do.

References
----------
Faratin, Sierra & Jennings (1998), Robotics and Autonomous Systems 24, 159-182, section 4.1, whose beta is 1 over our
exponent. Time runs over (round + 1) / (n_rounds + 1), so that it is never quite over.
"""

from __future__ import annotations

import numpy as np

from negsim.bargaining.tactics.base import NOTHING_WILL_DO, Array, Moment, Stance, Tactic, same
from negsim.scenario.bargaining import TACTIC_PARAMETERS

__all__ = ["EXPONENTIAL", "STALLING", "TIME", "exponential_level", "polynomial_level"]

_SLACK = 0.01
"""A hundredth of a point: 10^-4 of the scale, as NegMAS allows its time-based negotiators."""


def polynomial_level(time: float, exponent: Array, start: Array | float = 1.0) -> Array:
    """Give the level of the polynomial tactic: start · (1 − t^e).

    Parameters
    ----------
    time : float
        The share of time that is gone.
    exponent : float64 array (world,)
        Above 1 Boulware, 1 linear, below 1 conceder.
    start : float64 array (world,) or float
        The level at the beginning.

    Examples
    --------
    What Faratin et al. write 1 − α(t), with k = 0.1 and β = 0.2:

    >>> np.round(1 - polynomial_level(0.5, np.array([5.0]), 0.9), 6)
    array([0.128125])
    """
    return np.asarray(start * (1 - np.power(time, exponent)))


def exponential_level(time: float, exponent: Array, start: Array | float) -> Array:
    """Give the level of the exponential tactic: 1 − exp((1 − t)^(1/e) · ln(1 − start)).

    Parameters
    ----------
    time : float
        The share of time that is gone.
    exponent : float64 array (world,)
        The higher, the later it gives way.
    start : float64 array (world,) or float
        The level at the beginning, below 1.

    Returns
    -------
    float64 array (world,)

    Examples
    --------
    >>> np.round(1 - exponential_level(0.25, np.array([5.0]), 0.9), 5)
    array([0.11374])
    """
    return np.asarray(1 - np.exp(np.power(1 - time, 1 / exponent) * np.log1p(-np.asarray(start))))


def _polynomial(moment: Moment) -> Stance:
    parameter = moment.parameter
    return same(polynomial_level(moment.time, parameter["exponent"], parameter["start"]), moment)


def _exponential(moment: Moment) -> Stance:
    parameter = moment.parameter
    return same(exponential_level(moment.time, parameter["exponent"], parameter["start"]), moment)


def _stalling(moment: Moment) -> Stance:
    ask = polynomial_level(moment.time, moment.parameter["exponent"])
    return Stance(ask, np.full_like(ask, NOTHING_WILL_DO))


TIME = Tactic("time", "Concedes with time, polynomially", TACTIC_PARAMETERS["time"], _polynomial, slack=_SLACK)
EXPONENTIAL = Tactic(
    "exponential", "Concedes with time, exponentially", TACTIC_PARAMETERS["exponential"], _exponential, slack=_SLACK
)
STALLING = Tactic(
    "stalling",
    "Concedes like a Boulware party, and takes nothing",
    TACTIC_PARAMETERS["stalling"],
    _stalling,
    slack=_SLACK,
)
