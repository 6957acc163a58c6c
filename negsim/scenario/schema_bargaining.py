"""The shapes of bargaining: the protocol of the talks, and the tactic of a party."""

from typing import Annotated

from negsim.records import dataclass
from negsim.scenario.bargaining import LEARNING, MOST_ROUNDS, MOST_SESSIONS, OFFERS, PROTOCOLS
from negsim.scenario.quantities import NOTHING, Quantity
from negsim.scenario.quantity_syntax import SyntaxFlaw, read_quantity
from negsim.scenario.schema_base import Prose, QuantityShape, definition, one_of_words, whole
from negsim.scenario.shaping import ReadBy, Shape, entry, flawed
from negsim.scenario.words import listed, shown

__all__ = ["ProtocolShape", "TacticShape", "TacticValue"]


class ProtocolShape(Shape):
    """The order of the talks: who speaks when, for how long, what is offered and what is learned."""

    kind: Annotated[str, one_of_words(PROTOCOLS)] = entry(
        "alternating_offers", description="How offers are made: in turn, all at once, by a mediator, or once for all."
    )
    rounds: Annotated[int, whole(MOST_ROUNDS)] = entry(20, description="How many rounds a session has; 20 if left out.")
    sessions: Annotated[int, whole(MOST_SESSIONS)] = entry(
        1, description="How many sessions there are; beliefs are updated between them."
    )
    order: list[str] = entry(list, description="All signatories, in the order in which they speak; by id if left out.")
    offers: Annotated[str, one_of_words(OFFERS)] = entry(
        "frontier",
        description="frontier: what is best for the others at one's aspiration; own_rank: by one's own points alone.",
    )
    beliefs: Annotated[str, one_of_words(LEARNING)] = entry(
        "learned", description="Whether beliefs about the others are learned from what they do, or stay fixed."
    )
    breakdown: QuantityShape = entry(
        NOTHING, description="The probability that talks break down after a round without agreement; 0 if left out."
    )
    about: Prose = entry("", description="Anything a reader should know.")


@dataclass(frozen=True, slots=True)
class TacticShape:
    """A tactic as written: its name, and the parameters that it is given."""

    name: str
    parameters: tuple[tuple[str, Quantity], ...] = ()


def read_tactic(value: object) -> TacticShape:
    """Read the name of a tactic, or a name with parameters."""
    if isinstance(value, str):
        return TacticShape(value)
    if not isinstance(value, dict):
        hint = "write tactic: time, or tactic: {time: {exponent: 2}}"
        raise flawed(SyntaxFlaw("NS203", f"must be the name of a tactic, not {shown(value)}", hint))
    if len(value) != 1:
        found = listed(list(value), last="and") or "nothing"
        raise flawed(SyntaxFlaw("NS427", f"must name exactly one tactic; it has {found}"))
    ((name, given),) = value.items()
    if not isinstance(given, dict):
        hint = f"write tactic: {name} for its defaults"
        raise flawed(SyntaxFlaw("NS203", f"must be a mapping of parameters, not {shown(given)}", hint, (name,)))
    read = {key: read_quantity(item) for key, item in given.items()}
    flaws = [
        SyntaxFlaw(flaw.code, flaw.message, flaw.help, (name, key, *flaw.at), flaw.on_key)
        for key, found in read.items()
        if isinstance(found, tuple)
        for flaw in found
    ]
    if flaws:
        raise flawed(*flaws)
    return TacticShape(name, tuple((key, found) for key, found in read.items() if not isinstance(found, tuple)))


TacticValue = Annotated[TacticShape | None, ReadBy(read_tactic, definition("tactic"))]
