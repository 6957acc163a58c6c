"""Quantities: any number in a scenario, constant or uncertain, and the paths that name them."""

from __future__ import annotations

from negsim.errors import Path
from negsim.records import dataclass

__all__ = [
    "NOTHING",
    "Beta",
    "Constant",
    "Distribution",
    "Domain",
    "Normal",
    "Pert",
    "Quantity",
    "Same",
    "Triangular",
    "Uniform",
    "is_uncertain",
]


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that is the same in every world."""

    value: float


@dataclass(frozen=True, slots=True)
class Uniform:
    """Equally likely anywhere from ``low`` to ``high``; written ``low..high``."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal distribution, truncated to the domain of the quantity it describes."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class Triangular:
    """Rising from ``low`` to ``mode``, falling to ``high``."""

    low: float
    mode: float
    high: float


@dataclass(frozen=True, slots=True)
class Beta:
    """A beta distribution with shapes ``a`` and ``b``, stretched to ``low``..``high``."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Pert:
    """The beta distribution with mean (low + 4 mode + high) / 6 of Malcolm et al. (1959)."""

    low: float
    mode: float
    high: float


@dataclass(frozen=True, slots=True)
class Same:
    """Whatever the quantity at ``path`` is, in every world."""

    path: Path


Distribution = Uniform | Normal | Triangular | Beta | Pert
Quantity = Constant | Distribution | Same


def is_uncertain(quantity: Quantity) -> bool:
    """Tell whether a quantity has a distribution of its own."""
    return not isinstance(quantity, Constant | Same)


@dataclass(frozen=True, slots=True)
class Domain:
    """What values a quantity can mean: ``low`` to ``high``, in ``unit``; a normal is truncated to it."""

    low: float
    high: float
    unit: str


NOTHING = Constant(0.0)
"""What many quantities are if they are left out."""

PRIORITY = Domain(0.0, 1_000_000.0, "relative weight")
VALUE = Domain(0.0, 100.0, "points of value")
FIRMNESS = Domain(0.0, 1.0, "probability")
AUDIENCE_COST = Domain(0.0, 100.0, "points of utility")
AMOUNT = Domain(-100.0, 100.0, "points of utility")
NO_DEAL = Domain(-100.0, 200.0, "points of utility")
RATE = Domain(0.0, 100.0, "per year")
PROBABILITY = Domain(0.0, 1.0, "probability")
SHARE = Domain(0.0, 1.0, "share")
COST_RATE = Domain(0.0, 1000.0, "points per year")
LOSS = Domain(0.0, 100.0, "points of utility")
EVIDENCE = Domain(1e-6, 1_000_000.0, "pseudo-observations")
POINTS = Domain(-100.0, 100.0, "points of utility")
STICK = Domain(0.0, 100.0, "points of utility")
MONEY = Domain(0.0, 1e15, "units of currency")
MONEY_WORTH = Domain(0.0, 1e6, "points per unit of currency")
