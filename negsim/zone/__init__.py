"""Where a deal can be: the zone of possible agreement in many worlds, and what lies in it."""

from negsim.zone.analysis import analyse_zone, estimate_p_zone
from negsim.zone.compare import compare_zones
from negsim.zone.comparison import Change, Comparison, Side
from negsim.zone.result import Deal, NearDeals, OptionFinding, PartyShare, ZoneResult, ZoneSize

__all__ = [
    "Change",
    "Comparison",
    "Deal",
    "NearDeals",
    "OptionFinding",
    "PartyShare",
    "Side",
    "ZoneResult",
    "ZoneSize",
    "analyse_zone",
    "compare_zones",
    "estimate_p_zone",
]
