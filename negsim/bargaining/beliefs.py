"""What the others believe of a party, and what its offers and answers teach them.

Three things can be learned of a party: which of its issues weighs more (its demands are known), whether each of its red
lines is real, and whether it negotiates seriously. All others see the same offers and answers, so all believe the same.
What a session teaches is believed from the next one on.

A serious party is expected to ask for less as time goes by, from the best it could get down to no deal, give or take
(Hindriks & Tykhonov 2008, AAMAS, learn so too); a party that stalls is expected to ask for the best throughout. Then:

- an offer speaks for the priorities under which it is worth what is then expected, and for seriousness as far as that
  is not what who stalls would ask for,
- a refusal speaks for priorities under which the deal is worth less, for each red line that it crosses, and against
  seriousness, each by as much as the others leave to be explained: a line that is surely real explains it all,
- who offers or takes what crosses a red line of its own was bluffing, and who takes anything is serious.

Each of these is Bayes' rule with the likelihood of an act under one of them, the others being independent of it and as
they were believed at the start of the session. What the acts tie together is not kept: each is believed by itself.

Offers of one session hardly tell more than one of them does, nor do answers, so of each kind the mean counts.
"""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.arena import Seat
from negsim.bargaining.tactics.base import Array
from negsim.records import dataclass

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
        log = _log(self.weight) + of_weight
        weight = np.exp(log - np.max(log, axis=1, keepdims=True))
        learned = Belief(
            weight / np.sum(weight, axis=1, keepdims=True),
            _shifted(self.real, of_real),
            _shifted(self.serious, of_serious),
        )
        silent = evidence.is_empty()
        return learned.but(self, silent) if np.any(silent) else learned

    def but(self, other: Belief, where: Mask) -> Belief:
        """Believe as another in some worlds, (world,)."""
        return Belief(
            np.where(where[:, None], other.weight, self.weight),
            np.where(where[:, None], other.real, self.real),
            np.where(where, other.serious, self.serious),
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

    def copy(self) -> _Heard:
        """Give what was heard so far, to be kept."""
        return _Heard(self.weight.copy(), self.real.copy(), self.serious.copy(), self.n.copy())

    def take_back(self, before: _Heard, where: Mask) -> None:
        """Forget what was heard since, in some worlds, (world,)."""
        for now, then in (
            (self.weight, before.weight),
            (self.real, before.real),
            (self.serious, before.serious),
            (self.n, before.n),
        ):
            now[where] = then[where]

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

    def copy(self) -> Evidence:
        """Give what was shown so far, to be kept."""
        kept = Evidence(self.seat, self.belief)
        kept.offers, kept.answers = self.offers.copy(), self.answers.copy()
        return kept

    def take_back(self, before: Evidence, where: Mask) -> None:
        """Forget what was shown since, in some worlds, (world,)."""
        self.offers.take_back(before.offers, where)
        self.answers.take_back(before.answers, where)

    def is_empty(self) -> Mask:
        """Tell where nothing was shown: (world,)."""
        return np.asarray((self.offers.n == 0) & (self.answers.n == 0))

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
        weight, serious = self.belief.weight, self.belief.serious[:, None]
        value = self.seat.value.T[deal]
        earnest, stalling = _log_density(value, self._expected(time)), _log_density(value, 100.0)
        self.offers.add(
            deal >= 0,
            np.logaddexp(_log(serious) + earnest, _log(1 - serious) + stalling),
            np.where(self.seat.crosses.T[deal], -np.inf, 0.0),
            _log_mean(weight, earnest) - _log_mean(weight, stalling),
        )

    def answered(self, deal: Index, accepted: Mask, asked: Mask, time: float) -> None:
        """Take in its answers to what others offered: (world,); ``asked`` tells where it was asked."""
        self.answers.add(asked & accepted, *self._taken(deal, time))
        self.answers.add(asked & ~accepted, *self._refused(deal, time))

    def _taken(self, deal: Index, time: float) -> tuple[Array, Array, Array]:
        """Say what it shows to take deals: as ``total`` gives it."""
        from scipy.special import log_ndtr

        return (
            log_ndtr((self.seat.value.T[deal] - self._expected(time)) / SPREAD),
            np.where(self.seat.crosses.T[deal], -np.inf, 0.0),
            np.full(len(deal), np.inf),
        )

    def _refused(self, deal: Index, time: float) -> tuple[Array, Array, Array]:
        """Say what it shows to refuse deals: as ``total`` gives it."""
        from scipy.special import ndtr

        crossed, serious = self.seat.crosses.T[deal], self.belief.serious
        asks_more = ndtr((self._expected(time) - self.seat.value.T[deal]) / SPREAD)
        mean = np.sum(self.belief.weight * asks_more, axis=1)
        bluff = np.where(crossed, 1 - self.belief.real, 1.0)
        free = np.prod(bluff, axis=1)
        # Who is not serious, or has a real line in the way, refuses for certain.
        return (
            _log(_refuses((serious * free)[:, None], asks_more)),
            np.where(crossed, -_log(_refuses(serious[:, None] * _of_others(bluff), mean[:, None])), 0.0),
            _log(_refuses(free, mean)),
        )

    def _expected(self, time: float) -> float:
        """Say what a serious party is expected to ask for at a time, in points."""
        return 100 - time * (100 - float(np.mean(self.seat.no_deal)))


def _log_density(value: Array, expected: float) -> Array:
    """Give the logarithm of a normal density around what is expected, but for its constant."""
    return -(((value - expected) / SPREAD) ** 2) / 2


def _log(p: Array) -> Array:
    """Take the logarithm of probabilities; of none at all, that of next to nothing."""
    return np.log(np.maximum(p, _TINY))


def _log_mean(weight: Array, log: Array) -> Array:
    """Take the logarithm of a mean over hypotheses, from logarithms: (world,)."""
    each = _log(weight) + log
    # Far out all densities are 0 as numbers, so the largest is set apart.
    largest = np.max(each, axis=1)
    return largest + np.log(np.sum(np.exp(each - largest[:, None]), axis=1))


def _refuses(is_open: Array, asks_more: Array) -> Array:
    """Say how likely a party refuses that is open to the deal with some probability, and then may ask for more."""
    # Not 1 - is_open * (1 - asks_more), which loses what is small where agreement is all but certain.
    return (1 - is_open) + is_open * asks_more


def _of_others(p: Array) -> Array:
    """Multiply for each line the probabilities of all others: (world, line). No division, as some are 0."""
    return np.prod(np.where(np.eye(p.shape[1], dtype=np.bool_), 1.0, p[:, None, :]), axis=2)
