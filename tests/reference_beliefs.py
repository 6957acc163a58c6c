"""What is believed of one party, as plainly as it can be written: one world, Bayes' rule by going through all states.

The second model of tests/reference_bargaining.py; nothing here shares code with the engine. A state says which hypothesis
about the priorities holds, which of the red lines are real, and whether the party is serious. Of each thing that a session
shows, the probability is written down that a party in that state does it; states are added up, and nothing is solved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import erf, erfc, exp, inf, log, prod, sqrt

SPREAD = 25.0

ALL_BUT_IMPOSSIBLE = 1e-30
"""What is thought impossible counts as this likely where other things are asked: it may have happened all the same."""

Likelihood = Callable[[int, tuple[int, ...], int], float]
"""The probability of an act, given the hypothesis, of each line 1 if it is real, and 1 if the party is serious."""

Told = list[list[float]]
"""The log of an act's probability under each state of each thing: the hypothesis, each line, and the seriousness."""


def phi(x: float) -> float:
    """The standard normal distribution; by the function that is exact in its tail."""
    return erfc(-x / sqrt(2)) / 2 if x < 0 else (1 + erf(x / sqrt(2))) / 2


def bell(x: float) -> float:
    """The normal density, up to a constant."""
    return exp(-((x / SPREAD) ** 2) / 2)


@dataclass
class Plain:
    """What is believed of a party, and what the session has shown of it since: its offers, and its answers."""

    value: list[list[float]]
    no_deal: list[float]
    crosses: list[list[bool]]
    weight: list[float]
    real: list[float]
    serious: float

    def __post_init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.offered: list[Told] = []
        self.answered: list[Told] = []

    def worth(self, deal: int) -> float:
        """What the deal is thought to be worth to the party, in points."""
        total = self.weight[0] * self.value[0][deal]
        for weight, value in zip(self.weight[1:], self.value[1:], strict=True):
            total += weight * value[deal]
        return total

    def gain(self, deal: int) -> float:
        return self.worth(deal) - sum(self.no_deal) / len(self.no_deal)

    def expected(self, time: float) -> float:
        return 100 - time * (100 - sum(self.no_deal) / len(self.no_deal))

    def offers(self, deal: int, time: float) -> None:
        def likely(hypothesis: int, real: tuple[int, ...], serious: int) -> float:
            # A party that is not serious asks for 100 throughout.
            asked = self.expected(time) if serious else 100
            return 0.0 if self._in_the_way(deal, real) else bell(self.value[hypothesis][deal] - asked)

        self.offered.append(self._told(likely))

    def accepts(self, deal: int, time: float) -> None:
        def likely(hypothesis: int, real: tuple[int, ...], serious: int) -> float:
            if not serious or self._in_the_way(deal, real):
                return 0.0
            return phi((self.value[hypothesis][deal] - self.expected(time)) / SPREAD)

        self.answered.append(self._told(likely))

    def refuses(self, deal: int, time: float) -> None:
        def likely(hypothesis: int, real: tuple[int, ...], serious: int) -> float:
            if not serious or self._in_the_way(deal, real):
                return 1.0
            return phi((self.expected(time) - self.value[hypothesis][deal]) / SPREAD)

        self.answered.append(self._told(likely))

    def _in_the_way(self, deal: int, real: tuple[int, ...]) -> bool:
        return any(crosses[deal] for crosses, one in zip(self.crosses, real, strict=True) if one)

    def _believed(self) -> list[list[float]]:
        """Of each thing the probabilities of its states, which are independent of those of the others."""
        return [self.weight, *([1 - p, p] for p in (*self.real, self.serious))]

    def _told(self, likely: Likelihood) -> Told:
        believed = self._believed()
        told = [[0.0] * len(chances) for chances in believed]
        for state in product(*(range(len(chances)) for chances in believed)):
            act = likely(state[0], state[1:-1], state[-1])
            chance = [max(chances[k], ALL_BUT_IMPOSSIBLE) for chances, k in zip(believed, state, strict=True)]
            for thing, k in enumerate(state):
                told[thing][k] += act * prod(chance[:thing] + chance[thing + 1 :])
        return [[log(p) if p else -inf for p in each] for each in told]

    def learn(self) -> None:
        """Turn what the session showed into what is believed from now on: of offers the mean, and of answers."""
        for acts in (self.offered, self.answered):
            if not acts:
                continue
            told = [[sum(one) / len(acts) for one in zip(*each, strict=True)] for each in zip(*acts, strict=True)]
            later = [posterior(chances, logs) for chances, logs in zip(self._believed(), told, strict=True)]
            self.weight = later[0]
            *self.real, self.serious = (chances[1] for chances in later[1:])
        self.forget()


def posterior(chances: list[float], logs: list[float]) -> list[float]:
    """Bayes' rule; what is certain stays certain, whatever was seen."""
    if max(chances) == 1:
        return chances
    both = [log(p) + likely if p else -inf for p, likely in zip(chances, logs, strict=True)]
    raised = [exp(one - max(both)) for one in both]
    return [one / sum(raised) for one in raised]
