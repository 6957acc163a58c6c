"""Who agrees on what, round by round: protocols, tactics, beliefs, and closed forms of the theory."""

from negsim.bargaining.analysis import DEFAULT_WORLDS, bargain
from negsim.bargaining.closed_forms import (
    breakdown,
    nash_split,
    outside_option,
    rubinstein,
    rubinstein_limit,
    stahl,
)
from negsim.bargaining.pressing import press_threshold, two_types, ultimatum, zeuthen_risk
from negsim.bargaining.result import (
    BargainResult,
    OptionReached,
    PartyOutcome,
    Reason,
    RobustDeal,
    TacticChange,
)
from negsim.bargaining.table import can_bargain
from negsim.bargaining.tactics import TACTICS, Moment, Outlook, Stance, Tactic
from negsim.bargaining.told import Answer, Learned, Refusal, Start, Step, Trace
from negsim.bargaining.trace import trace_talks
from negsim.scenario.bargaining import Parameter

__all__ = [
    "DEFAULT_WORLDS",
    "TACTICS",
    "Answer",
    "BargainResult",
    "Learned",
    "Moment",
    "OptionReached",
    "Outlook",
    "Parameter",
    "PartyOutcome",
    "Reason",
    "Refusal",
    "RobustDeal",
    "Stance",
    "Start",
    "Step",
    "Tactic",
    "TacticChange",
    "Trace",
    "bargain",
    "breakdown",
    "can_bargain",
    "nash_split",
    "outside_option",
    "press_threshold",
    "rubinstein",
    "rubinstein_limit",
    "stahl",
    "trace_talks",
    "two_types",
    "ultimatum",
    "zeuthen_risk",
]
