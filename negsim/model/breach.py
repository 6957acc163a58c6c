"""What the risk of breach does to a deal: its value, how long it lasts, and the credibility that it would need.

Formulas alone, on arrays that broadcast; `negsim.model.durability` applies them to scenarios. A deal is broken by any
of some breakers, each at a hazard per year while a guarantee runs and at another after it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from negsim.records import dataclass

__all__ = [
    "Hazards",
    "credibility_with_value",
    "least_credibility",
    "needed_credibility",
    "value_over",
    "value_with_risk",
]

Array = NDArray[np.float64]

_STEPS = 32
"""Steps of credibility that are tried before bisection."""

_HALVINGS = 24
"""Steps of bisection: to a billionth, far below what a report shows."""


@dataclass(frozen=True, slots=True)
class Hazards:
    """Hazards of breach per year, breaker by breaker on the first axis, and the term of the guarantee.

    ``during`` and ``after`` (breaker, ...) hold while the guarantee runs and after it; ``term`` (...) is in years, and
    infinite where what holds breakers back never ends.
    """

    during: Array
    after: Array
    term: Array

    def weights(self, rate: ArrayLike) -> tuple[Array, Array]:
        """Give the weights of the deal itself, and of what comes after a breach, in what a deal is worth.

        Parameters
        ----------
        rate : array_like
            Discount rate per year, above 0.

        Returns
        -------
        kept : float64 array
            A in v = A u + sum B_b w1_b: the discounted share of time for which the deal holds, above 0 and at most 1.
        lost_to : float64 array (breaker, ...)
            B_b, by who breaks the deal first. All of them add up to 1 less A.
        """
        r = np.asarray(rate, np.float64)
        during, after = r + np.sum(self.during, axis=0), r + np.sum(self.after, axis=0)
        lasts = self._lasts(during)
        guarded, exposed = r / during, r / after
        # So that it is exactly 1 without a hazard, and a deal that is worth just no deal still is.
        kept = guarded + lasts * (exposed - guarded)
        return np.asarray(kept), np.asarray(self.during * ((1 - lasts) / during) + self.after * (lasts / after))

    def holds(self, years: float) -> Array:
        """Give the probability that nobody breaks the deal within some years."""
        guarded = np.minimum(self.term, years)
        exposed = years - guarded
        return np.asarray(np.exp(-np.sum(self.during, axis=0) * guarded - np.sum(self.after, axis=0) * exposed))

    def years(self) -> Array:
        """Give the years until breach that are to be expected; infinite where nobody ever breaks the deal."""
        during, after = np.sum(self.during, axis=0), np.sum(self.after, axis=0)
        lasts = self._lasts(during)
        with np.errstate(divide="ignore", invalid="ignore"):
            guarded = np.where(during > 0, (1 - lasts) / during, self.term)
            rest = np.where(lasts > 0, lasts / after, 0.0)
        return np.asarray(guarded + rest)

    def first(self) -> Array:
        """Give the probability that each breaker is the one to break the deal: (breaker, ...); they may sum below 1."""
        during, after = np.sum(self.during, axis=0), np.sum(self.after, axis=0)
        lasts = self._lasts(during)
        with np.errstate(divide="ignore", invalid="ignore"):
            early = np.where(during > 0, self.during / during * (1 - lasts), 0.0)
            late = np.where((after > 0) & np.isfinite(self.term), self.after / after * lasts, 0.0)
        return np.asarray(early + late)

    def _lasts(self, hazard: Array) -> Array:
        """Give the probability (or discounted share) of getting through the term at a hazard."""
        with np.errstate(invalid="ignore"):
            through = np.exp(-hazard * self.term)
        return np.where(np.isnan(through), 1.0, through)


def value_with_risk(
    u: ArrayLike,
    after_breach: ArrayLike,
    rate: ArrayLike,
    during: ArrayLike,
    after: ArrayLike = 0.0,
    term: ArrayLike = np.inf,
) -> Array:
    """Give what a deal is worth that one breaker may break: v(T) = A u + (1 - A) w1.

    Parameters
    ----------
    u, after_breach : array_like
        Utility of the deal while it holds, and of what comes after a breach (w1), points.
    rate : array_like
        Discount rate per year, above 0.
    during, after : array_like
        Hazards of breach per year while the guarantee runs and after it.
    term : array_like
        Term of the guarantee in years; infinite if left out.

    Returns
    -------
    float64 array
        (r u + h w1) / (r + h) where the term is infinite.

    References
    ----------
    Model page, section 3; on the commitment problem behind it Fearon (1995) and Powell (2006), International
    Organization 60, 169-203.

    Examples
    --------
    >>> [round(float(value_with_risk(0.6, 0.35, 0.05, 0.02, 0.2, T)), 4) for T in (0, 15, 30, 50)]
    [0.4, 0.4836, 0.5128, 0.5247]
    """
    hazards = Hazards(
        np.asarray(during, np.float64)[None], np.asarray(after, np.float64)[None], np.asarray(term, np.float64)
    )
    kept, _ = hazards.weights(rate)
    return np.asarray(kept * np.asarray(u, np.float64) + (1 - kept) * np.asarray(after_breach, np.float64))


def value_over(hazards: Hazards, gain: Array, losses: Array, rate: ArrayLike) -> Array:
    """Give what a deal with the risk of breach is worth over no deal.

    Parameters
    ----------
    hazards : Hazards
    gain : float64 array (...)
        What it is worth over no deal while it holds.
    losses : float64 array (breaker, ...)
        What a breach by each breaker costs, against no deal now.
    rate : array_like
        Discount rate per year, above 0.

    Returns
    -------
    float64 array (...)
        A (u - w0) - sum B_b (w0 - w1_b).
    """
    kept, lost_to = hazards.weights(rate)
    return np.asarray(kept * gain - np.sum(lost_to * losses, axis=0))


def least_credibility(does: Callable[[Array], NDArray[np.bool_]], shape: tuple[int, ...]) -> Array:
    """Find the least credibility from which on something holds.

    Parameters
    ----------
    does : callable
        Tells where it holds at credibilities of the shape: bool array (...).
    shape : tuple of int

    Returns
    -------
    float64 array (...)
        0 to 1: where it first holds on a grid of steps of 1/32, by bisection between that step and the one before. Not
        a number where it holds on none. A value rises or falls with credibility throughout if all breakers cost the
        same; then nothing can lie between two steps.
    """
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    for step in np.linspace(0.0, 1.0, _STEPS + 1).tolist():
        first = np.isnan(high) & does(np.full(shape, step))
        low[first], high[first] = max(0.0, step - 1 / _STEPS), step
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        done = does(middle)
        low, high = np.where(done, low, middle), np.where(done, middle, high)
    return np.where(high <= 2.0**-_HALVINGS, 0.0, high)


def credibility_with_value(
    gain: Array, losses: Array, rate: Array, hazard: Array, after: Array, term: Array, target: Array
) -> Array:
    """Find the credibility while a guarantee runs, against all breakers alike, at which a deal has just some value.

    Parameters
    ----------
    gain, losses, rate, hazard, after, term
        As for `value_over` and `Hazards`, with the hazards at credibility 0 while the guarantee runs.
    target : float64 array (...)
        The value over no deal.

    Returns
    -------
    float64 array (...)
        0 to 1, the least if there are several. Not a number where the deal has that value at none.
    """

    def value(credibility: Array) -> Array:
        return value_over(Hazards(hazard * (1 - credibility), after, term), gain, losses, rate)

    shape = np.broadcast_shapes(gain.shape, losses.shape[1:], rate.shape, hazard.shape[1:], target.shape, term.shape)
    rises = value(np.zeros(shape)) <= target
    return least_credibility(lambda credibility: np.where(rises, 1, -1) * (value(credibility) - target) >= 0, shape)


def needed_credibility(
    u: ArrayLike,
    no_deal: ArrayLike,
    after_breach: ArrayLike,
    rate: ArrayLike,
    hazard: ArrayLike,
    after: ArrayLike | None = None,
    term: ArrayLike = np.inf,
) -> Array:
    """Find the least credibility while a guarantee runs with which a deal is worth as much as no deal.

    Parameters
    ----------
    u, no_deal, after_breach : array_like
        Utility of the deal while it holds, of no deal, and of what comes after a breach, points.
    rate : array_like
        Discount rate per year, above 0.
    hazard : array_like
        Hazard of breach per year at credibility 0.
    after : array_like, optional
        The same after the term; ``hazard`` if left out.
    term : array_like
        Term of the guarantee in years; infinite if left out.

    Returns
    -------
    float64 array
        0 to 1; 0 where none is needed, not a number where none does. Value rises or falls with it throughout.

    Examples
    --------
    >>> [round(float(needed_credibility(0.6, 0.4, 0.2, 0.05, 0.2, term=T)), 3) for T in (np.inf, 15, 30, 50)]
    [0.75, 0.854, 0.767, 0.752]
    """
    worth, least, lost, r, bare, years = (
        np.asarray(x, np.float64) for x in (u, no_deal, after_breach, rate, hazard, term)
    )
    late = bare if after is None else np.asarray(after, np.float64)
    shape = np.broadcast_shapes(*(x.shape for x in (worth, least, lost, r, bare, late, years)))

    def does(credibility: Array) -> NDArray[np.bool_]:
        return np.asarray(value_with_risk(worth, lost, r, bare * (1 - credibility), late, years) >= least)

    return least_credibility(does, shape)
