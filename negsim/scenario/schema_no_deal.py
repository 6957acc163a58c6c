"""The shapes of what a party has without a deal: points, an outcome as good, a lottery over end states, a war.

Each form is read by a shape of its own, so that every flaw in it has its place.
"""

from typing import Annotated, Any

from negsim.scenario.no_deal import Stance
from negsim.scenario.quantities import Quantity
from negsim.scenario.quantity_syntax import PARAMETERS, SyntaxFlaw
from negsim.scenario.schema_base import (
    ID_PATTERN,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    by_id,
    definition,
    one_of_words,
)
from negsim.scenario.shapes import read_quantity_shape
from negsim.scenario.shaping import ReadBy, Shape, entry, flawed, read_as
from negsim.scenario.words import did_you_mean, shown

__all__ = [
    "BeliefShape",
    "ChargeShape",
    "LotteryEndShape",
    "LotteryNoDealShape",
    "LotteryShape",
    "NoDealValue",
    "SameAsShape",
    "WarNoDealShape",
    "WarValueShape",
]

STANCES = tuple(stance.value for stance in Stance)


class SameAsShape(Shape):
    """An outcome that is as good: an option, a level or a quantity of it for each issue."""

    same_as: dict[str, Any] = entry(description="An outcome that is as good, issue by issue.")
    rest: OptionalQuantityShape = entry(
        None, description="The value, 0..100, of every issue with weight that same_as does not name."
    )


class ChargeShape(Shape):
    """Something that costs points, made of a number of them and of shares of it."""

    points: QuantityShape = entry(description="The points, before the factors.")
    factors: dict[str, QuantityShape] = by_id("Shares, 0..1, by which the points are multiplied.")


def read_end_state(value: object) -> Quantity | SameAsShape:
    """Read points of utility, or the outcome that a state is as good as."""
    if isinstance(value, dict) and ("same_as" in value or "rest" in value):
        return read_as(SameAsShape, value)
    return _read_points(value, ("same_as",))


def read_charge(value: object) -> Quantity | ChargeShape:
    """Read a quantity of points, or points with factors."""
    if isinstance(value, dict) and ("points" in value or "factors" in value):
        return read_as(ChargeShape, value)
    return _read_points(value, ("points",))


EndStateValue = Annotated[Quantity | SameAsShape, ReadBy(read_end_state, definition("end_state"))]
OptionalEndStateValue = Annotated[Quantity | SameAsShape | None, ReadBy(read_end_state, definition("end_state"))]
ChargeValue = Annotated[Quantity | ChargeShape, ReadBy(read_charge, definition("charge"))]
StanceWord = Annotated[str, one_of_words(STANCES)]
_STANCE = "inside: what goes on while talks last; outside: something to turn to instead of them."


class LotteryEndShape(Shape):
    """One way things may end without a deal."""

    probability: OptionalQuantityShape = entry(
        None, description="How likely it is, 0..1; one end may leave it out and gets what the others leave."
    )
    worth: EndStateValue = entry(description="What it is worth: points, or an outcome that it is as good as.")
    because: Prose = entry("", description="Why.")


class LotteryShape(Shape):
    """Several ways things may end without a deal."""

    ends: dict[str, LotteryEndShape] = entry(
        description="The ways things may end.",
        schema={"propertyNames": {"pattern": ID_PATTERN}, "minProperties": 1},
    )
    costs: dict[str, ChargeValue] = by_id("Points that getting there costs.")
    now: OptionalEndStateValue = entry(None, description="What is held while talks last; needed with option: outside.")
    option: StanceWord = entry("inside", description=_STANCE)


class BeliefShape(Shape):
    """A Beta belief of one's own side winning."""

    a: QuantityShape = entry(description="As after so many successes.")
    b: QuantityShape = entry(description="As after so many failures.")


class WarValueShape(Shape):
    """What the war of the scenario is worth to the party."""

    side: str = entry("", description="The side it is on; left out by a party that is itself a side.")
    win: EndStateValue = entry(description="What is left when the other side has collapsed.")
    lose: EndStateValue = entry(description="What is left when its own side has collapsed.")
    now: OptionalEndStateValue = entry(
        None, description="What is held while the war goes on; needed where the discount rate can be above 0."
    )
    losses: dict[str, ChargeValue] = by_id("Points that are missing from now while the war goes on.")
    costs: dict[str, ChargeValue] = by_id("Permanent points lost per year of war.")
    belief: BeliefShape | None = entry(None, description="The party's own belief of winning; without it, the hazards'.")
    option: StanceWord = entry("inside", description=_STANCE)


class LotteryNoDealShape(Shape):
    """No deal as a lottery."""

    lottery: LotteryShape = entry(description="Ways things may end, each with a probability and a worth.")


class WarNoDealShape(Shape):
    """No deal as war."""

    war: WarValueShape = entry(description="What the war is worth to the party: how it may end, and what it costs.")


_BlockForm = SameAsShape | LotteryNoDealShape | WarNoDealShape
_FORMS: dict[str, type[_BlockForm]] = {
    "same_as": SameAsShape,
    "lottery": LotteryNoDealShape,
    "war": WarNoDealShape,
}
NoDealForm = Quantity | _BlockForm


def read_no_deal(value: object) -> NoDealForm:
    """Read what no deal is worth, in any of its forms."""
    given = [key for key in _FORMS if key in value] if isinstance(value, dict) else []
    if len(given) > 1:
        raise flawed(*(SyntaxFlaw("NS201", f"cannot stand beside {given[0]}", "", (key,), True) for key in given[1:]))
    if given:
        return read_as(_FORMS[given[0]], value)
    return _read_points(value, tuple(_FORMS))


def _read_points(value: object, forms: tuple[str, ...]) -> Quantity:
    """Read a quantity where one of some blocks could stand, too."""
    known = [*PARAMETERS, "same", *forms]
    unknown = [key for key in value if key not in known] if isinstance(value, dict) else []
    if unknown:
        raise flawed(
            *(
                SyntaxFlaw(
                    "NS210", f"must name a distribution, not {shown(key)}", did_you_mean(key, known), (key,), True
                )
                for key in unknown
            )
        )
    if isinstance(value, str) and "same_as" in forms and not any(letter.isdigit() for letter in value):
        hint = "a number of points, a range such as 20..40, or {same_as: {issue: option}}"
        raise flawed(SyntaxFlaw("NS210", f"must be a quantity, not {shown(value)}", hint))
    return read_quantity_shape(value)


NoDealValue = Annotated[NoDealForm | None, ReadBy(read_no_deal, definition("no_deal"))]
