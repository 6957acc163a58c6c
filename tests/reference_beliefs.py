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
        self.offered: list[Shown] = []
        self.answered: list[Shown] = []

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
        # A party that is not serious asks for 100 throughout.
        faith = bell(self.worth(deal) - asked) - bell(self.worth(deal) - 100)
        self.offered.append(Shown([bell(value[deal] - asked) for value in self.value], self._bluffed(deal), faith))

    def accepts(self, deal: int, time: float) -> None:
        likely = [log(phi((value[deal] - self.expected(time)) / SPREAD)) for value in self.value]
        self.answered.append(Shown(likely, self._bluffed(deal), inf))

    def refuses(self, deal: int, time: float) -> None:
        asked = self.expected(time)
        likely = [log(phi((asked - value[deal]) / SPREAD)) for value in self.value]
        no_line = phi((asked - self.worth(deal)) / SPREAD)
        crossed = [crosses[deal] for crosses in self.crosses]
        none_real = 1.0
        for real, crosses in zip(self.real, crossed, strict=True):
            none_real *= 1 - real if crosses else 1
        # P(refuses | the line is real) = P(refuses | not serious) = 1
        lines = [-log(no_line) if crosses else 0.0 for crosses in crossed]
        self.answered.append(Shown(likely, lines, log(max(1 - (1 - no_line) * none_real, 1e-300))))

    def _bluffed(self, deal: int) -> list[float]:
        return [-inf if crosses[deal] else 0.0 for crosses in self.crosses]

    def learn(self) -> None:
        """Turn what the session showed into what is believed from now on: of offers the mean, and of answers."""
        for shown in (mean_of(self.offered), mean_of(self.answered)):
            if shown is None:
                continue
            logs = [log(max(w, 1e-300)) + e for w, e in zip(self.weight, shown.likely, strict=True)]
            weight = [exp(one - max(logs)) for one in logs]
            self.weight = [w / sum(weight) for w in weight]
            self.real = [posterior(p, ratio) for p, ratio in zip(self.real, shown.lines, strict=True)]
            self.serious = posterior(self.serious, shown.faith)
        self.forget()


@dataclass
class Shown:
    """What one act shows: log likelihoods of hypotheses, log ratios for lines to be real and for the party's seriousness."""

    likely: list[float]
    lines: list[float]
    faith: float


def mean_of(acts: list[Shown]) -> Shown | None:
    """What several acts of one kind show together: as much as one of them does on average."""
    if not acts:
        return None
    return Shown(
        [sum(column) / len(acts) for column in zip(*(act.likely for act in acts), strict=True)],
        [sum(column) / len(acts) for column in zip(*(act.lines for act in acts), strict=True)],
        sum(act.faith for act in acts) / len(acts),
    )


def posterior(p: float, log_ratio: float) -> float:
    """Bayes' rule for two hypotheses; what is certain stays certain."""
    if p in (0, 1):
        return p
    if isinf(log_ratio) or log_ratio > 700:
        return float(log_ratio > 0)
    return p * exp(log_ratio) / (p * exp(log_ratio) + 1 - p)
