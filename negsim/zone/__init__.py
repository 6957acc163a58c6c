"""Where a deal can be: the zone of possible agreement in many worlds, and what lies in it."""

from negsim.zone.analysis import analyse_zone, estimate_p_zone
from negsim.zone.result import (
    CoinMove,
    Deal,
    Move,
    NearDeals,
    OptionFinding,
    PartyShare,
    StructuralMove,
    ZoneResult,
    ZoneSize,
)

__all__ = [
    "CoinMove",
    "Deal",
    "Move",
    "NearDeals",
    "OptionFinding",
    "PartyShare",
    "StructuralMove",
    "ZoneResult",
    "ZoneSize",
    "analyse_zone",
    "estimate_p_zone",
]
