"""What a party has without a deal, as data: an outcome that is as good, a lottery over end states, or a war.

A no-deal value is a quantity of points, or one of the classes here. Meanings are those of the model's page, section 2.
"""

from __future__ import annotations

from enum import StrEnum

from negsim.records import dataclass
from negsim.scenario.quantities import Quantity

__all__ = [
    "Belief",
    "Charge",
    "EndState",
    "Lottery",
    "LotteryEnd",
    "NoDeal",
    "SameAs",
    "Side",
    "Stance",
    "War",
    "WarValue",
]


class Stance(StrEnum):
    """Whether no deal is what goes on while talks last, or something that a party can turn to instead of them."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class SameAs:
    """A utility equal to that of an outcome, named issue by issue.

    For a numeric issue the level is a quantity of its own, on or between the declared levels; for any other issue it is
    an option id. Issues that the party weighs and that are not named are worth ``rest``, 0 to 100; without it all are.
    """

    options: tuple[tuple[str, str], ...] = ()
    levels: tuple[tuple[str, Quantity], ...] = ()
    rest: Quantity | None = None


EndState = Quantity | SameAs
"""How a state of the world is valued: points of utility, or as an outcome is."""


@dataclass(frozen=True, slots=True)
class Charge:
    """Something that costs points: ``points`` times all of its ``factors``, each ``(id, share)``."""

    id: str
    points: Quantity
    factors: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True)
class LotteryEnd:
    """One way things may end without a deal. ``probability`` is None where it gets what the others leave of 1."""

    id: str
    probability: Quantity | None
    worth: EndState
    because: str = ""


@dataclass(frozen=True, slots=True)
class Lottery:
    """The probability-weighted worth of the ends, less the costs of getting there.

    ``now`` is what is held while talks last, needed where the lottery is taken up outside of them (``option``).
    """

    ends: tuple[LotteryEnd, ...]
    costs: tuple[Charge, ...] = ()
    now: EndState | None = None
    option: Stance = Stance.INSIDE


@dataclass(frozen=True, slots=True)
class Belief:
    """A Beta belief of one's own side winning: as after ``a`` successes and ``b`` failures. Its mean is what counts."""

    a: Quantity
    b: Quantity


@dataclass(frozen=True, slots=True)
class WarValue:
    """What the war of the scenario is worth to a party that sides with ``side``.

    ``win`` and ``lose`` are the end states when the other side collapses, and its own; ``now`` is what is held
    meanwhile, less its ``losses``; ``costs`` are permanent points per year. ``belief`` is None where the party judges
    by the hazards as drawn.
    """

    side: str
    win: EndState
    lose: EndState
    now: EndState | None = None
    losses: tuple[Charge, ...] = ()
    costs: tuple[Charge, ...] = ()
    belief: Belief | None = None
    option: Stance = Stance.INSIDE


NoDeal = Quantity | SameAs | Lottery | WarValue
"""What no deal is worth to a party."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the war, named by a party, and the hazard per year that it collapses."""

    party: str
    collapse: Quantity


@dataclass(frozen=True, slots=True)
class War:
    """The one war of a scenario, between two sides."""

    sides: tuple[Side, Side]
    about: str = ""
