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

Offers of one session hardly tell more than one of them does, nor do answers, so of each kind the mean counts.
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
        of_weight, of_real, of_serious = evidence.total()
        log = np.log(np.maximum(self.weight, _TINY)) + of_weight
        weight = np.exp(log - np.max(log, axis=1, keepdims=True))
        return Belief(
            weight / np.sum(weight, axis=1, keepdims=True),
            _shifted(self.real, of_real),
            _shifted(self.serious, of_serious),
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
class _Heard:
    """What one kind of acts has shown so far: sums of logarithms of likelihoods and of their ratios, and of how many.

    Acts of one session mostly repeat each other, so what counts of them is their mean, as if they were a single one.
    """

    weight: Array
    real: Array
    serious: Array
    n: Array

    @classmethod
    def nothing(cls, belief: Belief) -> _Heard:
        """Begin with nothing heard."""
        n = np.zeros(len(belief.serious))
        return cls(np.zeros_like(belief.weight), np.zeros_like(belief.real), n, n.copy())

    def of(self, which: Mask) -> _Heard:
        """Keep some worlds, those marked (world,)."""
        return _Heard(self.weight[which], self.real[which], self.serious[which], self.n[which])

    def add(self, where: Mask, weight: Array, real: Array, serious: Array) -> None:
        """Take in an act, where there is one: (world,)."""
        self.weight += np.where(where[:, None], weight, 0.0)
        self.real += np.where(where[:, None], real, 0.0)
        self.serious += np.where(where, serious, 0.0)
        self.n += where


@dataclass(slots=True)
class Evidence:
    """What a session has shown of one party so far: by its offers, and by its answers to those of others."""

    seat: Seat
    belief: Belief
    offers: _Heard = field(init=False)
    answers: _Heard = field(init=False)

    def __post_init__(self) -> None:
        self.offers, self.answers = _Heard.nothing(self.belief), _Heard.nothing(self.belief)

    def of(self, which: Mask) -> Evidence:
        """Keep some worlds, those marked (world,)."""
        kept = Evidence(self.seat, self.belief.of(which))
        kept.offers, kept.answers = self.offers.of(which), self.answers.of(which)
        return kept

    def total(self) -> tuple[Array, Array, Array]:
        """Give the log-likelihoods of hypotheses, and the log-ratios for real lines and for seriousness."""
        n_offers, n_answers = (np.maximum(heard.n, 1.0) for heard in (self.offers, self.answers))
        return (
            self.offers.weight / n_offers[:, None] + self.answers.weight / n_answers[:, None],
            self.offers.real / n_offers[:, None] + self.answers.real / n_answers[:, None],
            self.offers.serious / n_offers + self.answers.serious / n_answers,
        )

    def offered(self, deal: Index, time: float) -> None:
        """Take in what the party has offered: (world,), -1 where nothing."""
        value, mean = self._worth(deal)
        asked = self._expected(time)
        self.offers.add(
            deal >= 0,
            _log_density(value, asked),
            np.where(self.seat.crosses.T[deal], -np.inf, 0.0),
            _log_density(mean, asked) - _log_density(mean, 100.0),
        )

    def answered(self, deal: Index, accepted: Mask, asked: Mask, time: float) -> None:
        """Take in its answers to what others offered: (world,); ``asked`` tells where it was asked."""
        from scipy.special import log_ndtr

        value, mean = self._worth(deal)
        expected = self._expected(time)
        crossed = self.seat.crosses.T[deal]
        # How likely a serious party refuses without any red line in the way, and with those that it may have.
        refuses = np.exp(log_ndtr((expected - mean) / SPREAD))
        free = np.prod(np.where(crossed, 1 - self.belief.real, 1.0), axis=1)
        yes = accepted[:, None]
        self.answers.add(
            asked,
            log_ndtr(np.where(yes, value - expected, expected - value) / SPREAD),
            np.where(crossed, np.where(yes, -np.inf, -np.log(np.maximum(refuses, _TINY))[:, None]), 0.0),
            np.where(accepted, np.inf, np.log(np.maximum(1 - (1 - refuses) * free, _TINY))),
        )

    def _worth(self, deal: Index) -> tuple[Array, Array]:
        """Say what deals are thought to be worth to the party: (world, hypothesis), and on average, (world,)."""
        value = self.seat.value.T[deal]
        return value, np.sum(self.belief.weight * value, axis=1)

    def _expected(self, time: float) -> float:
        """Say what a serious party is expected to ask for at a time, in points."""
        return 100 - time * (100 - float(np.mean(self.seat.no_deal)))


def _log_density(value: Array, expected: float) -> Array:
    """Give the logarithm of a normal density around what is expected, but for its constant."""
    return -(((value - expected) / SPREAD) ** 2) / 2
