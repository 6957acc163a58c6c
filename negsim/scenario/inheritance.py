"""What a ratifier has of its party where it says nothing itself: each quantity the same as the party's."""

from __future__ import annotations

from dataclasses import replace

from negsim.errors import Path
from negsim.scenario.quantities import Quantity, Same
from negsim.scenario.types import Adjustment, OptionValue, Party, Priority

__all__ = [
    "inherited_adjustments",
    "inherited_priorities",
    "inherited_rate",
    "inherited_values",
    "is_inherited",
    "is_priority",
    "own_path",
    "party_path",
]


def own_path(path: Path) -> Path:
    """Shorten a path so that it reads as if the ratifier in it, if there is one, were a party.

    >>> own_path(("parties", "ukraine", "ratifiers", "rada", "title"))
    ('parties', 'rada', 'title')
    """
    is_below = path[:1] == ("parties",) and path[2:3] == ("ratifiers",) and len(path) > 3
    return ("parties", *path[3:]) if is_below else path


def party_path(path: Path) -> Path:
    """Give the path at which its party says what a ratifier says at ``path``.

    >>> party_path(("parties", "ukraine", "ratifiers", "rada", "discount_rate"))
    ('parties', 'ukraine', 'discount_rate')
    """
    return (*path[:2], *path[4:])


def is_priority(path: Path) -> bool:
    """Tell whether a path is that of a priority, of a party or of a ratifier."""
    short = own_path(path)
    return len(short) == 4 and short[0] == "parties" and short[2] == "priorities"


def is_inherited(path: Path, quantity: Quantity) -> bool:
    """Tell whether the quantity at a path is what a ratifier has of its party."""
    return own_path(path) != path and quantity == Same(party_path(path))


def inherited_priorities(party: Party) -> tuple[Priority, ...]:
    """Give the priorities of a ratifier that gives none."""
    return tuple(Priority(item.issue, Same((*party.path, "priorities", item.issue))) for item in party.priorities)


def inherited_values(party: Party) -> tuple[OptionValue, ...]:
    """Give the values of a ratifier, of which only those count that are on issues of which it says nothing itself."""
    return tuple(
        OptionValue(value.issue, value.option, Same((*party.path, "values", value.issue, value.option)))
        for value in party.values
    )


def inherited_adjustments(party: Party) -> tuple[Adjustment, ...]:
    """Give the adjustments of a ratifier that gives none."""
    return tuple(
        replace(item, amount=Same((*party.path, "adjustments", item.id, "amount"))) for item in party.adjustments
    )


def inherited_rate(party: Party) -> Same | None:
    """Give the discount rate of a ratifier that gives none."""
    return None if party.discount_rate is None else Same((*party.path, "discount_rate"))
