"""What is believed of one party, as plainly as it can be written: one world, Bayes' rule by hand.

The second model of tests/reference_bargaining.py; nothing here shares code with the engine. Of each thing that a session
shows, the probability is written down that a party does it under each hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erf, erfc, exp, inf, isinf, log, sqrt

SPREAD = 25.0


def phi(x: float) -> float:
    """The standard normal distribution; by the function that is exact in its tail."""
    return erfc(-x / sqrt(2)) / 2 if x < 0 else (1 + erf(x / sqrt(2))) / 2


def bell(x: float) -> float:
    """Log of the normal density, up to a constant."""
    return -(((x) / SPREAD) ** 2) / 2


@dataclass
class Plain:
    """What is believed of a party, and what the session has shown of it since: log likelihoods and log ratios."""

    value: list[list[float]]
    no_deal: list[float]
    crosses: list[list[bool]]
    weight: list[float]
    real: list[float]
    serious: float

    def __post_init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        self.likely = [0.0] * len(self.weight)
        self.line = [0.0] * len(self.real)
        self.faith = 0.0

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
        asked = self.expected(time)
        for h, value in enumerate(self.value):
            self.likely[h] += bell(value[deal] - asked)
        # A party that is not serious asks for 100 throughout.
        self.faith += bell(self.worth(deal) - asked) - bell(self.worth(deal) - 100)
        self._bluffed(deal)

    def accepts(self, deal: int, time: float) -> None:
        for h, value in enumerate(self.value):
            self.likely[h] += log(phi((value[deal] - self.expected(time)) / SPREAD))
        self.faith = inf
        self._bluffed(deal)

    def refuses(self, deal: int, time: float) -> None:
        asked = self.expected(time)
        for h, value in enumerate(self.value):
            self.likely[h] += log(phi((asked - value[deal]) / SPREAD))
        no_line = phi((asked - self.worth(deal)) / SPREAD)
        none_real = 1.0
        for n, crosses in enumerate(self.crosses):
            if crosses[deal]:
                self.line[n] -= log(no_line)  # P(refuses | real) = 1
                none_real *= 1 - self.real[n]
        # P(refuses | not serious) = 1
        self.faith += log(max(1 - (1 - no_line) * none_real, 1e-300))

    def _bluffed(self, deal: int) -> None:
        for n, crosses in enumerate(self.crosses):
            if crosses[deal]:
                self.line[n] = -inf

    def learn(self) -> None:
        """Turn what the session showed into what is believed from now on."""
        most = max(log(max(w, 1e-300)) + e for w, e in zip(self.weight, self.likely, strict=True))
        weight = [exp(log(max(w, 1e-300)) + e - most) for w, e in zip(self.weight, self.likely, strict=True)]
        self.weight = [w / sum(weight) for w in weight]
        self.real = [posterior(p, ratio) for p, ratio in zip(self.real, self.line, strict=True)]
        self.serious = posterior(self.serious, self.faith)
        self.forget()


def posterior(p: float, log_ratio: float) -> float:
    """Bayes' rule for two hypotheses; what is certain stays certain."""
    if p in (0, 1):
        return p
    if isinf(log_ratio) or log_ratio > 700:
        return float(log_ratio > 0)
    return p * exp(log_ratio) / (p * exp(log_ratio) + 1 - p)
