"""How a scenario says that its parties bargain, as data: the protocol of the talks, and the tactic of each party.

Meanings are those of the model's page, section 6. What tactics there are, and what their parameters mean, stands here;
how they are played does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from negsim.records import dataclass
from negsim.scenario.quantities import NOTHING, SHARE, Domain, Quantity

__all__ = [
    "LEARNING",
    "MOST_ROUNDS",
    "MOST_SESSIONS",
    "OFFERS",
    "PROTOCOLS",
    "TACTIC_PARAMETERS",
    "Parameter",
    "Protocol",
    "Tactic",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a tactic takes: what it can mean, what it is if left out, and a line about it."""

    name: str
    domain: Domain
    default: float
    about: str


@dataclass(frozen=True, slots=True)
class Tactic:
    """The tactic of a party, with every parameter that it has, ``(name, quantity)``, in declared order.

    One that was not given is there as the constant that is its default.
    """

    name: str
    parameters: tuple[tuple[str, Quantity], ...] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """The order of the talks: who speaks when, for how long, and what is offered and learned.

    ``rounds`` are those of one session; beliefs are updated between ``sessions``. ``order`` names all signatories as
    they speak; empty, they speak in the order of their ids. ``breakdown`` is the probability that talks break down
    after a round without agreement.
    """

    kind: str = "alternating_offers"
    rounds: int = 20
    sessions: int = 1
    order: tuple[str, ...] = ()
    offers: str = "frontier"
    beliefs: str = "learned"
    breakdown: Quantity = NOTHING
    about: str = ""

    @property
    def rounds_a_session(self) -> int:
        """Rounds played in a session: one where there is but one offer to take or leave, whatever ``rounds`` says."""
        return 1 if self.kind == "take_it_or_leave_it" else self.rounds


PROTOCOLS = (
    "alternating_offers",
    "stacked_alternating_offers",
    "monotonic_concession",
    "single_text",
    "take_it_or_leave_it",
)
OFFERS = ("frontier", "own_rank")
LEARNING = ("learned", "fixed")
MOST_ROUNDS = 10_000
MOST_SESSIONS = 1_000

_EXPONENT = Domain(0.01, 100.0, "exponent")
_START = Parameter("start", SHARE, 1.0, "The aspiration it opens with: 1 is its best deal, 0 no deal or its worst.")
_HOW_LONG = "How long it holds out: above 1 it gives way late (Boulware), at 1 evenly, below 1 early (conceder)."

TACTIC_PARAMETERS: Mapping[str, tuple[Parameter, ...]] = MappingProxyType(
    {
        "time": (Parameter("exponent", _EXPONENT, 1.0, _HOW_LONG), _START),
        "exponential": (
            Parameter("exponent", _EXPONENT, 1.0, "How long it holds out: the higher, the later it gives way."),
            # Such a curve is a power of what is given up at the start, so that must be something.
            Parameter("start", Domain(0.0, 0.9999, "share"), 0.9, _START.about),
        ),
        "relative_tit_for_tat": (_START,),
        "absolute_tit_for_tat": (_START,),
        "averaged_tit_for_tat": (
            _START,
            Parameter("window", Domain(1.0, 100.0, "offers"), 3.0, "Over how many offers it averages."),
        ),
        "zeuthen": (),
        "take_it_or_leave_it": (),
        "holdout": (Parameter("level", SHARE, 1.0, "The aspiration it keeps to in every round."),),
        "stalling": (Parameter("exponent", _EXPONENT, 10.0, "How long it plays for time, as the exponent of `time`."),),
        "equilibrium": (
            Parameter(
                "discount", Domain(0.0, 1.0, "per round"), 0.9, "What a point is worth if it comes a round later."
            ),
        ),
    }
)
"""The tactics there are, by name, with their parameters."""
