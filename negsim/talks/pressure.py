"""How much of the time is gone: what those at the table think of the deadline.

The share of time that is gone at a round is that of the rounds held, this one included, among all that are expected;
one more counts as to come, so that time is never quite over. How many are still to come is expected from the calendar
and from the deadline: each later round counts by the probability that there will be talks on its day. Up to a firm
deadline this is (round + 1) / (n_rounds + 1), as without a calendar. A deadline that may be put off leaves part of the
later rounds, so that nobody gives all before it; under a hazard, what is to come does not come nearer by itself (Yildiz
2004).

Everybody thinks the same of the deadline: the mean of what the scenario leaves open. What events change of it is not
foreseen; what a what-if changes is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from negsim.records import dataclass

__all__ = ["Prospects", "times_of_session"]


@dataclass(frozen=True, slots=True)
class Prospects:
    """What is thought of the end of talks.

    ``ends`` are the days on which talks end unless they are put off, with probability ``p_put_off`` each time but the
    last; ``mean`` is the mean number of days of a hazard that begins on day ``begins``, infinite without one.
    """

    ends: tuple[int, ...]
    p_put_off: float = 0.0
    mean: float = math.inf
    begins: int = 0

    def p_on(self, day: int, now: int) -> float:
        """Say how likely it is that talks which go on today have not ended before a later day."""
        if day > self.ends[-1]:
            return 0.0
        passed = sum(now <= end < day for end in self.ends)
        at_risk = max(0, day - max(now, self.begins))
        return self.p_put_off**passed * math.exp(-at_risk / self.mean)


def times_of_session(
    prospects: Prospects, rounds: Sequence[tuple[int, int]], meeting: int
) -> tuple[tuple[float, ...], bool]:
    """Say how much of the time is gone at each round up to the end of a session.

    Parameters
    ----------
    prospects : Prospects
    rounds : sequence of (day, n_rounds)
        Of all meetings of the calendar.
    meeting : int
        The place of the session among them.

    Returns
    -------
    times : tuple of float
        One for each round that will have been held by the end of the session, those before it included, and for each
        that is certain to follow.
    goes_on : bool
        Whether others may follow beyond these.
    """
    first = sum(n for _, n in rounds[:meeting])
    now, n_here = rounds[meeting]
    later = [(n, prospects.p_on(day, now)) for day, n in rounds[meeting + 1 :] if n]
    expected = first + n_here + sum(n * p for n, p in later)
    known = sum(n for n, p in later if p == 1.0)
    held = np.arange(1.0, first + n_here + known + 1)
    times = held / (1 + np.maximum(held, expected))
    return tuple(times.tolist()), any(0 < p < 1 for _, p in later)
