"""The deals that a debrief looks through: every outcome where they can be listed, otherwise those on the table.

They are looked at in parts, and of each part only what is told is kept, so that millions take little room.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from negsim.model.outcomes import Outcomes, no_outcomes
from negsim.records import dataclass
from negsim.solutions import pareto_optimal
from negsim.teaching.playing.match import Match, Setup
from negsim.zone.counting import in_zone

__all__ = ["Looked", "Some", "look_through"]

_AT_A_TIME = 2**16
"""Outcomes looked at in one go."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Some:
    """Some deals and what each is worth to some parties, in points: (party, deal)."""

    deals: Outcomes
    points: Points

    def pick(self, which: NDArray[np.intp] | NDArray[np.bool_] | Sequence[int]) -> Some:
        """Keep some of them."""
        return Some(self.deals.pick(which), self.points[:, which])

    def efficient_with(self, others: Some) -> Some:
        """Keep of both those than which none is better; of such as give all the same the first one."""
        deals = self.deals.followed_by(others.deals)
        both = Some(deals, np.concatenate([self.points, others.points], axis=1))
        if not len(deals):
            return both
        both = both.pick(_first_of_each(both.points))
        return both.pick(pareto_optimal(both.points))


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen, of the deals looked through, in those that suit all who must agree.

    ``n_looked`` deals were looked through, of ``n_outcomes`` that there are. ``n_zone`` suit all who must agree, and
    ``most`` is the most that each party gets in one of them. ``n_better`` of them give nobody less than is held and
    somebody more; ``better`` are the efficient ones of those, and the first party gains ``spare`` at most in one that
    gives no other less. ``frontier`` are the efficient deals of all of them; of both there is one for each point.
    """

    n_looked: int
    n_outcomes: int
    n_zone: int
    most: Points
    spare: float
    n_better: int
    better: Some
    frontier: Some


def look_through(match: Match, setup: Setup, actors: Sequence[int], held: Points) -> Looked:
    """Look through all outcomes of a match, or the deals on its table where there are too many to list.

    Parameters
    ----------
    match, setup
        With what all is worth at one session.
    actors : sequence of int
        Whose points count.
    held : float array (actor,)
        What each ends up with, in points.
    """
    structure = match.compiled.structure
    nothing = Some(no_outcomes(len(structure.free_issues)), np.zeros((len(actors), 0)))
    better, frontier, n_looked, n_zone, n_better, spare = nothing, nothing, 0, 0, 0, 0.0
    most = np.full(len(actors), -np.inf)
    for part in _parts(match, setup):
        n_looked += len(part)
        deals = part.pick(in_zone(setup.truth, match.compiled, part)[0])
        if not len(deals):
            continue
        zone = Some(deals, np.stack([match.points_of(setup, actor, deals) for actor in actors]))
        n_zone += len(deals)
        most = np.maximum(most, np.max(zone.points, axis=1))
        no_worse = np.all(zone.points >= held[:, None], axis=0)
        improved = zone.pick(no_worse & np.any(zone.points > held[:, None], axis=0))
        n_better += len(improved.deals)
        spare = max(spare, float(np.max(improved.points[0] - held[0], initial=0.0)))
        better = better.efficient_with(improved)
        frontier = frontier.efficient_with(zone)
    return Looked(n_looked, structure.n_outcomes, n_zone, most, spare, n_better, better, frontier)


def _parts(match: Match, setup: Setup) -> Iterator[Outcomes]:
    structure = match.compiled.structure
    if match.compiled.merges:
        yield setup.table.deals
        return
    for start in range(0, structure.n_outcomes, _AT_A_TIME):
        every = np.arange(start, min(start + _AT_A_TIME, structure.n_outcomes))
        yield structure.outcomes(*np.divmod(every, structure.n_free))


def _first_of_each(points: Points) -> NDArray[np.intp]:
    """Find the first deal with each point, in the order of the deals."""
    order = np.lexsort(points)
    ordered = points[:, order]
    starts = np.ones(len(order), np.bool_)
    starts[1:] = np.any(ordered[:, 1:] != ordered[:, :-1], axis=0)
    return np.sort(order[starts])
