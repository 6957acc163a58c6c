"""Where a deal can be: the zone of possible agreement in many worlds, and what lies in it."""

from negsim.zone.analysis import analyse_zone, estimate_p_zone
from negsim.zone.compare import compare_zones
from negsim.zone.comparison import Change, Comparison, Side
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
    "Change",
    "CoinMove",
    "Comparison",
    "Deal",
    "Move",
    "NearDeals",
    "OptionFinding",
    "PartyShare",
    "Side",
    "StructuralMove",
    "ZoneResult",
    "ZoneSize",
    "analyse_zone",
    "compare_zones",
    "estimate_p_zone",
]
