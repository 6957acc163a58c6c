"""What the others believe of a party, and what its offers and answers teach them.

Three things can be learned of a party: which of its issues weighs more (its demands are known), whether each of its red
lines is real, and whether it negotiates seriously. All others see the same offers and answers, so all believe the same.
What a session teaches is believed from the next one on.

A serious party is expected to ask for less as time goes by, from the best it could get down to no deal, give or take
(Hindriks & Tykhonov 2008, AAMAS, learn so too); a party that stalls is expected to ask for the best throughout. Then:

- an offer speaks for the priorities under which it is worth what is then expected,
- a refusal for those under which it is worth less, for red lines that it crosses, and against seriousness as far as a
  serious party would have agreed,
- who offers or takes what crosses a red line of its own was bluffing, and who takes anything is serious.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Seat
from negsim.bargaining.tactics.base import Array

__all__ = ["Belief", "Evidence", "first_belief"]

Index = NDArray[np.intp]
Mask = NDArray[np.bool_]

SPREAD = 25.0
"""Points by which what a party asks for may be off what is expected of it: a standard deviation."""

_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Belief:
    """What the others believe of one party, in each world.

    ``weight`` (world, hypothesis) are the probabilities of the hypotheses about its priorities, ``real`` (world, line)
    those that its red lines are real, ``serious`` (world,) that it negotiates seriously.
    """

    weight: Array
    real: Array
    serious: Array

    def of(self, which: Mask) -> Belief:
        """Keep some worlds, those marked (world,)."""
        return Belief(self.weight[which], self.real[which], self.serious[which])

    def after(self, evidence: Evidence) -> Belief:
        """Update by Bayes' rule on all that a session has shown."""
        log = np.log(np.maximum(self.weight, _TINY)) + evidence.weight
        weight = np.exp(log - np.max(log, axis=1, keepdims=True))
        return Belief(
            weight / np.sum(weight, axis=1, keepdims=True),
            _shifted(self.real, evidence.real),
            _shifted(self.serious, evidence.serious),
        )


def _shifted(p: Array, log_odds: Array) -> Array:
    """Add to the log odds of probabilities; what is certain stays certain."""
    certain = (p == 0) | (p == 1)
    doubtful = np.where(certain, 0.5, p)
    with np.errstate(over="ignore"):
        odds = doubtful / (1 - doubtful) * np.exp(log_odds)
    endless = np.isinf(odds)
    finite = np.where(endless, 0.0, odds)
    return np.where(certain, p, np.where(endless, 1.0, finite / (1 + finite)))


def first_belief(seat: Seat, n_worlds: int) -> Belief:
    """Give what is believed of a party before anything is seen, alike in all worlds."""
    n_hypotheses = len(seat.value)
    return Belief(
        np.full((n_worlds, n_hypotheses), 1 / n_hypotheses),
        np.broadcast_to(seat.firmness, (n_worlds, len(seat.firmness))).copy(),
        np.full(n_worlds, seat.good_faith),
    )


@dataclass(slots=True)
class Evidence:
    """What a session has shown of one party so far, as logarithms of likelihoods and of their ratios."""

    seat: Seat
    belief: Belief
    weight: Array = field(init=False)
    real: Array = field(init=False)
    serious: Array = field(init=False)

    def __post_init__(self) -> None:
        self.weight = np.zeros_like(self.belief.weight)
        self.real = np.zeros_like(self.belief.real)
        self.serious = np.zeros_like(self.belief.serious)

    def of(self, which: Mask) -> Evidence:
        """Keep some worlds, those marked (world,)."""
        kept = Evidence(self.seat, self.belief.of(which))
        kept.weight, kept.real, kept.serious = self.weight[which], self.real[which], self.serious[which]
        return kept

    def offered(self, deal: Index, time: float) -> None:
        """Take in what the party has offered: (world,), -1 where nothing."""
        told = deal >= 0
        value = self.seat.value.T[deal]
        asked = self._expected(time)
        likely = -(((value - asked) / SPREAD) ** 2) / 2
        self.weight += np.where(told[:, None], likely, 0.0)
        mean = np.sum(self.belief.weight * value, axis=1)
        stalled = -(((mean - 100) / SPREAD) ** 2) / 2
        self.serious += np.where(told, -(((mean - asked) / SPREAD) ** 2) / 2 - stalled, 0.0)
        self._was_bluff(deal, told)

    def answered(self, deal: Index, accepted: Mask, asked: Mask, time: float) -> None:
        """Take in its answers to what others offered: (world,); ``asked`` tells where it was asked."""
        from scipy.special import log_ndtr

        value = self.seat.value.T[deal]
        off = (value - self._expected(time)) / SPREAD
        taken, refused = asked & accepted, asked & ~accepted
        self.weight += np.where(taken[:, None], log_ndtr(off), np.where(refused[:, None], log_ndtr(-off), 0.0))
        # How likely a serious party would have refused without any red line in the way.
        mean = np.sum(self.belief.weight * value, axis=1)
        refuses = np.exp(log_ndtr((self._expected(time) - mean) / SPREAD))
        crossed = self.seat.crosses.T[deal]
        self.real += np.where(refused[:, None] & crossed, -np.log(np.maximum(refuses, _TINY))[:, None], 0.0)
        free = np.prod(np.where(crossed, 1 - self.belief.real, 1.0), axis=1)
        self.serious += np.where(refused, np.log(np.maximum(1 - (1 - refuses) * free, _TINY)), 0.0)
        self.serious = np.where(taken, np.inf, self.serious)
        self._was_bluff(deal, taken)

    def _expected(self, time: float) -> float:
        """Say what a serious party is expected to ask for at a time, in points."""
        return 100 - time * (100 - float(np.mean(self.seat.no_deal)))

    def _was_bluff(self, deal: Index, where: Mask) -> None:
        self.real = np.where(where[:, None] & self.seat.crosses.T[deal], -np.inf, self.real)
