"""Where a deal can be: the zone of possible agreement in many worlds, and what lies in it."""

from negsim.zone.analysis import analyse_zone, estimate_p_zone
from negsim.zone.deal import analyse_deal
from negsim.zone.deal_options import read_options
from negsim.zone.deal_result import CrossedLine, DealResult, IssueLoss, PartyGain, PartyView, PreferredDeal
from negsim.zone.result import Deal, NearDeals, OptionFinding, PartyShare, ZoneResult, ZoneSize

__all__ = [
    "CrossedLine",
    "Deal",
    "DealResult",
    "IssueLoss",
    "NearDeals",
    "OptionFinding",
    "PartyGain",
    "PartyShare",
    "PartyView",
    "PreferredDeal",
    "ZoneResult",
    "ZoneSize",
    "analyse_deal",
    "analyse_zone",
    "estimate_p_zone",
    "read_options",
]
