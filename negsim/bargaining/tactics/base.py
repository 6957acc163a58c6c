"""What a tactic is: from what a party has seen to how much it asks for and how much it would take."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from negsim.records import dataclass
from negsim.scenario.bargaining import Parameter

if TYPE_CHECKING:
    from negsim.bargaining.menus import Menu

__all__ = ["NOTHING_WILL_DO", "Array", "Moment", "Outlook", "Stance", "Tactic", "same"]

Array = NDArray[np.float64]

NOTHING_WILL_DO = np.inf
"""A level that no deal reaches."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a party asks for where it proposes, and what it would take from others: levels, each (world,).

    Level 1 is the deal that is best for the party, level 0 is no deal, or the worst deal that can come up where even
    that is better for it than no deal; deals that are out of the question for it do not count. Levels between are
    shares of the way from the one to the other.
    """

    ask: Array
    take: Array


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a party knows when a session begins, for tactics that plan ahead.

    Parameters
    ----------
    me : int
        The seat.
    own : float32 array (world, deal)
        What each deal is worth to the party beyond no deal, in units; -inf where it is out of the question.
    expected : tuple of float64 array (world, deal)
        What it thinks the deals are worth to each seat beyond no deal, in points; its own in its place.
    p_accept : float64 array (world, deal)
        How likely it thinks it that all others would rather have the deal than none.
    allowed : bool array (world, deal), optional
        The deals that it may propose, as it presses on no other red lines of others; None where it may propose all.
    menu : Menu
    start, n_rounds : int
        The first round of the session, and all rounds up to the deadline.
    discount : tuple of float64 array (world,)
        What it thinks a gain is worth to each seat if it comes a round later, as a share; its own in its place.
    """

    me: int
    own: NDArray[np.float32]
    expected: tuple[Array, ...]
    p_accept: Array
    allowed: NDArray[np.bool_] | None
    menu: Menu
    start: int
    n_rounds: int
    discount: tuple[Array, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What a party knows when it is its turn.

    Parameters
    ----------
    round, n_rounds : int
        The round, from 0, and how many there are up to the deadline.
    time : float
        The share of the time that is gone, never 0 and never 1: (round + 1) / (n_rounds + 1) where nothing is said of
        when rounds are held.
    final : bool
        Whether no further offer follows, so that there is nothing left to hold out for.
    parameter : dict of str to float64 array (world,)
        The parameters of the tactic.
    level : float64 array (world,)
        The level it asked for last; 1 before that.
    heard : sequence of float64 array (world,)
        The levels of what others offered it, oldest first, each the mean over the offers between two of its turns; nan
        where there was none. Below 0 where an offer is worth less than level 0, and 1 at most; what crosses a real red
        line of its own counts as the worst of the deals that do not. Read-only, as are ``level`` and ``parameter``.
    news : bool
        Whether the last of these came after it last spoke.
    plan : float64 array (..., world)
        What the tactic planned when the session began; empty if it does not plan.
    risk : callable
        ``risk()`` gives its own risk, the least risk of the others as it believes, and the level of the smallest
        concession after which its own would be the larger: float64 arrays (world,), see `zeuthen`.
    """

    round: int
    n_rounds: int
    time: float
    final: bool
    parameter: Mapping[str, Array]
    level: Array
    heard: Sequence[Array]
    news: bool
    plan: Array
    risk: Callable[[], tuple[Array, Array, Array]]


@dataclass(frozen=True, slots=True)
class Tactic:
    """A way to bargain.

    Parameters
    ----------
    name, title : str
    parameters : tuple of Parameter
    stance : callable
        From a `Moment` to a `Stance`.
    plan : callable, optional
        From an `Outlook`, at the beginning of each session, to what ``stance`` finds as ``moment.plan``: an array whose
        last axis is that of worlds.
    listens : bool
        Whether it heeds what others offer (``heard`` and ``news``).
    slack : float
        By how many points an offer may miss what is asked and still do.
    """

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    stance: Callable[[Moment], Stance]
    plan: Callable[[Outlook], Array] | None = None
    listens: bool = False
    slack: float = 1e-8


def same(level: Array, moment: Moment) -> Stance:
    """Take what one asks for; anything better than no deal where no further offer follows."""
    return Stance(level, np.zeros_like(level) if moment.final else level)
