"""Where a deal can be: the zone of possible agreement in many worlds, and what lies in it."""

from negsim.zone.analysis import analyse_zone, estimate_p_zone
from negsim.zone.compare import compare_zones
from negsim.zone.comparison import Change, Comparison, Side
from negsim.zone.deal import analyse_deal
from negsim.zone.deal_options import read_options
from negsim.zone.deal_result import CrossedLine, DealResult, IssueLoss, PartyGain, PartyView, PreferredDeal
from negsim.zone.findings import (
    Blocks,
    Concession,
    LineBlock,
    MinimalSet,
    NearOutcome,
    NearParty,
    NoDealBlock,
    Shortfall,
    SolutionFinding,
    SolutionShare,
    TotalShortfall,
)
from negsim.zone.frontiers import check_frontier, find_frontier
from negsim.zone.frontiers_result import (
    Attainable,
    AttainableLevel,
    Frontier,
    FrontierPoint,
    LineInWorld,
    SolutionChoice,
    SolutionPoint,
    WorldFrontier,
)
from negsim.zone.questions import Questions
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
from negsim.zone.utility_space import find_utility_space
from negsim.zone.utility_space_result import DealPlace, PairFrontier, PartyScale, UtilitySpace

__all__ = [
    "Attainable",
    "AttainableLevel",
    "Blocks",
    "Change",
    "CoinMove",
    "Comparison",
    "Concession",
    "CrossedLine",
    "Deal",
    "DealPlace",
    "DealResult",
    "Frontier",
    "FrontierPoint",
    "IssueLoss",
    "LineBlock",
    "LineInWorld",
    "MinimalSet",
    "Move",
    "NearDeals",
    "NearOutcome",
    "NearParty",
    "NoDealBlock",
    "OptionFinding",
    "PairFrontier",
    "PartyGain",
    "PartyScale",
    "PartyShare",
    "PartyView",
    "PreferredDeal",
    "Questions",
    "Shortfall",
    "Side",
    "SolutionChoice",
    "SolutionFinding",
    "SolutionPoint",
    "SolutionShare",
    "StructuralMove",
    "TotalShortfall",
    "UtilitySpace",
    "WorldFrontier",
    "ZoneResult",
    "ZoneSize",
    "analyse_deal",
    "analyse_zone",
    "check_frontier",
    "compare_zones",
    "estimate_p_zone",
    "find_frontier",
    "find_utility_space",
    "read_options",
]
