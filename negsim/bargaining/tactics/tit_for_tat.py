"""Tit-for-tat: a party concedes as the others concede to it.

What others concede is judged by the levels of their offers to the party, which are below 0 while they offer less than
no deal. A concession in proportion is the share that they gave up of what was still lacking from the best deal, at
level 1. With several others it is the mean over their offers of a round.

References
----------
Faratin, Sierra & Jennings (1998), Robotics and Autonomous Systems 24, 159-182, section 4.3, there for each issue; here
for the worth of whole offers. They take ratios of issue values, and in the averaged tactic the change over a window;
here it is ratios of what is lacking, against the mean of the window, since the worth of an offer has no ratio where it
may be less than that of no deal. Of the absolute tactic, their random term is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from negsim.bargaining.tactics.base import Array, Moment, Stance, Tactic, same
from negsim.scenario.bargaining import TACTIC_PARAMETERS

__all__ = ["ABSOLUTE", "AVERAGED", "RELATIVE"]

_Reply = Callable[[Array, Array, Array], Array]


def _relative(level: Array, before: Array, now: Array) -> Array:
    """Give up the share of the level that the others gave up of what was lacking; none where nothing was."""
    return np.where(before < 1, level * (1 - now) / np.where(before < 1, 1 - before, 1.0), level)


def _absolute(level: Array, before: Array, now: Array) -> Array:
    return level - (now - before)


def _answer(moment: Moment, before: Array | None, reply: _Reply) -> Stance:
    """Move from the level held by what was heard: not at all where less than two offers were, or nothing new."""
    if before is None or not moment.news:
        return same(np.minimum(moment.level, moment.parameter["start"]), moment)
    now = moment.heard[-1]
    known = ~(np.isnan(before) | np.isnan(now))
    moved = np.clip(reply(moment.level, np.where(known, before, 0.0), np.where(known, now, 0.0)), 0.0, 1.0)
    return same(np.where(known, moved, np.minimum(moment.level, moment.parameter["start"])), moment)


def _last_but_one(heard: Sequence[Array]) -> Array | None:
    return heard[-2] if len(heard) >= 2 else None


def _mean_before(moment: Moment) -> Array | None:
    """Average the offers before the last one, as many as the window holds: (world,)."""
    earlier = moment.heard[:-1]
    if not earlier:
        return None
    offers = np.stack(earlier[::-1])
    inside = (np.arange(len(offers))[:, None] < np.rint(moment.parameter["window"])) & ~np.isnan(offers)
    total = np.sum(np.where(inside, offers, 0.0), axis=0)
    n_inside = np.count_nonzero(inside, axis=0)
    return np.where(n_inside > 0, total / np.maximum(n_inside, 1), np.nan)


RELATIVE = Tactic(
    "relative_tit_for_tat",
    "Concedes in the proportion in which the others do",
    TACTIC_PARAMETERS["relative_tit_for_tat"],
    lambda moment: _answer(moment, _last_but_one(moment.heard), _relative),
    listens=True,
)
ABSOLUTE = Tactic(
    "absolute_tit_for_tat",
    "Concedes as many points as the others do",
    TACTIC_PARAMETERS["absolute_tit_for_tat"],
    lambda moment: _answer(moment, _last_but_one(moment.heard), _absolute),
    listens=True,
)
AVERAGED = Tactic(
    "averaged_tit_for_tat",
    "Concedes in the proportion in which the others did on average",
    TACTIC_PARAMETERS["averaged_tit_for_tat"],
    lambda moment: _answer(moment, _mean_before(moment), _relative),
    listens=True,
)
