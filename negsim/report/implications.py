"""What the model says of a scenario before any world is drawn, gathered for a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from negsim.model.tradeoffs import TradeOff
from negsim.records import dataclass

__all__ = ["Implications"]


@dataclass(frozen=True, slots=True)
class Implications:
    """What the model derives from a scenario without drawing a world."""

    n_outcomes: int
    n_cells: int
    trade_offs: Mapping[str, Sequence[TradeOff]] = field(default_factory=dict)
