"""The shape of a scenario file: which keys there are and what kind of thing stands at each.

Only shapes: whether an option exists or a number makes sense is checked when the scenario is built.
The same shapes give the JSON Schema that editors use, so a description here is what an editor shows.
"""

from typing import Annotated

from negsim.scenario.quantities import NOTHING, Quantity
from negsim.scenario.schema_bargaining import ProtocolShape, TacticValue
from negsim.scenario.schema_base import (
    ID_PATTERN,
    BriefText,
    ConditionText,
    NumberShape,
    OptionalQuantityShape,
    Prose,
    QuantityShape,
    Title,
    by_id,
    definition,
    one_of_words,
)
from negsim.scenario.schema_commitments import (
    DurabilityShape,
    LeverShape,
    SacredShape,
    SidePaymentsShape,
    WarShape,
)
from negsim.scenario.schema_no_deal import NoDealValue
from negsim.scenario.schema_talks import TalksShape
from negsim.scenario.shapes import (
    DemandShape,
    read_date,
    read_demand,
    read_firmness,
    read_number,
    read_options,
    read_scale,
    read_version,
    read_whole_number,
)
from negsim.scenario.shaping import ReadBy, Shape, Text, entry
from negsim.scenario.types import IssueKind, Role

__all__ = [
    "AdjustmentShape",
    "AgreementShape",
    "CounterexampleShape",
    "ExpectShape",
    "IssueShape",
    "PartyShape",
    "ProvenanceShape",
    "RatifierShape",
    "RedLineShape",
    "RuleShape",
    "ScenarioShape",
    "SheetShape",
    "SourceShape",
    "StakesShape",
    "TieShape",
]

SCENARIO_ID_PATTERN = "^[a-z0-9][a-z0-9_-]{0,63}$"
KINDS = tuple(kind.value for kind in IssueKind)
ROLES = tuple(role.value for role in Role if role is not Role.RATIFIER)
DATES = ("reported", "inferred")
SEVERITIES = ("error", "warn")
WORDS = ("statement", "estimate", "comment", "report")


class IssueShape(Shape):
    """A matter to settle, with the ways to settle it."""

    title: Title = entry(description="What the issue is, in a few words.")
    kind: Annotated[str, one_of_words(KINDS)] = entry(
        "", description="categorical, ordered (options from one end to the other) or numeric (a scale)."
    )
    options: Annotated[tuple[tuple[str, str], ...], ReadBy(read_options, definition("options"))] = entry(
        (), description="The ways to settle it: a list of ids, or a mapping from id to title."
    )
    scale: Annotated[str, ReadBy(read_scale, definition("range"))] = entry(
        "", description="The ends of a numeric issue: 0..50."
    )
    step: Annotated[float | None, ReadBy(read_number, {"type": "number", "exclusiveMinimum": 0})] = entry(
        None, description="The distance between levels of the scale; it divides the scale exactly."
    )
    unit: Annotated[str, Text(most=40)] = entry("", description="The unit of the scale: years.")
    when: ConditionText = entry("", description="The condition on other issues under which this one arises.")
    indivisible: bool = entry(False, description="Whether it has no shares: a demand on it is met or not.")
    about: Prose = entry("", description="Anything a reader should know.")


class RedLineShape(Shape):
    """A condition that the party says it will never give up."""

    require: ConditionText = entry(description="What the party insists on: a condition on the issues.")
    firmness: Annotated[Quantity | None, ReadBy(read_firmness, definition("firmness"))] = entry(
        description="The probability that the line is real and no bluff: hard, a number or a range within 0..1."
    )
    audience_cost: QuantityShape = entry(
        NOTHING, description="Points that crossing the line costs the party where it is a bluff; 0 if left out."
    )
    title: BriefText = entry("", description="The line in a few words.")
    because: Prose = entry("", description="Why the party draws it.")


class AdjustmentShape(Shape):
    """Points added to the party's utility wherever a condition holds."""

    when: ConditionText = entry(description="Where the points are added.")
    amount: QuantityShape = entry(description="The points, -100..100.")
    because: Prose = entry("", description="Why.")


class StakesShape(Shape):
    """What a party, or one who ratifies for it, wants, will not cross and has without a deal."""

    title: Title = entry(description="The name.")
    demands: dict[str, Annotated[DemandShape, ReadBy(read_demand, definition("demand"))]] = entry(
        dict, description="The stated position on each issue."
    )
    priorities: dict[str, QuantityShape] = entry(
        dict,
        description="The weight of each issue relative to the others; equal weights if left out.",
    )
    values: dict[str, dict[str, QuantityShape]] = entry(
        dict,
        description="How good each option is to the party, 0..100. What is left out follows from the demand.",
    )
    red_lines: dict[str, RedLineShape] = by_id("What the party says it will never give up.")
    adjustments: dict[str, AdjustmentShape] = by_id("Points for combinations of options.")
    no_deal: NoDealValue = entry(
        None, description="The utility of having no deal, on the scale of 0..100 that deals are valued on."
    )
    discount_rate: OptionalQuantityShape = entry(None, description="How much less, per year, what comes later counts.")
    about: Prose = entry("", description="Anything a reader should know.")


class RatifierShape(StakesShape):
    """Who must say yes after a party: by its red lines alone, or with a no_deal as the party but for what it gives."""


class SheetShape(Shape):
    """What is told to those alone who play the party in a class, beside its figures."""

    story: Prose = entry(default="", description="The party's own view of its case, in prose.")
    interests: list[Prose] = entry(list, description="What it is after behind its demands, one by one.")
    may_say: list[Prose] = entry(list, description="What of all this it may disclose to the others, one by one.")


class PartyShape(StakesShape):
    """One party to the talks."""

    role: Annotated[str, one_of_words(ROLES)] = entry(
        "signatory", description="A signatory's consent is always needed; anyone else's where consents_to holds."
    )
    consents_to: ConditionText = entry("", description="Where the consent of a mediator or guarantor is needed.")
    good_faith: OptionalQuantityShape = entry(
        None, description="The probability that the party negotiates seriously; it does if left out."
    )
    sacred: dict[str, SacredShape] = by_id("Values that are not for sale.")
    levers: dict[str, LeverShape] = entry(dict, description="What a mediator or guarantor can do to move each party.")
    ratifiers: dict[str, RatifierShape] = by_id(
        "Who must say yes after the party: by red lines alone, or by points where no_deal is given."
    )
    tactic: TacticValue = entry(None, description="How a signatory bargains: a tactic, with parameters or without.")
    walks_out_below: OptionalQuantityShape = entry(
        None,
        description="The belief, 0..1, that another is serious below which it leaves after a session; else it stays.",
    )
    sheet: SheetShape = entry(SheetShape, description="What is told to those alone who play the party in a class.")


class RuleShape(Shape):
    """What is possible at all, whoever likes it."""

    require: ConditionText = entry(description="A condition that every outcome must meet.")
    because: Prose = entry("", description="Why nothing else makes sense.")


class ExpectShape(Shape):
    """Something that the author expects of the scenario, which `negsim check` judges."""

    that: ConditionText = entry(description="What must hold: a claim over results, such as p_zone > 0.5.")
    severity: Annotated[str, one_of_words(SEVERITIES)] = entry(
        "error", description="Whether it is an error or a warning if it does not hold."
    )
    because: Prose = entry("", description="Why it must hold.")


class CounterexampleShape(Shape):
    """Which expectation of another scenario this file breaks, and by which changes; written by `negsim check`."""

    of: str = entry(description="The scenario that it was made of, relative to this file.")
    expect: str = entry(description="The id of the expectation.")
    changes: dict[str, str] = entry(
        dict, description="For each path that was changed: what stands there in this file, as YAML."
    )


class AgreementShape(Shape):
    """Who must accept a deal; without it, every signatory."""

    quorum: Annotated[int | None, ReadBy(read_whole_number, {"type": "integer", "minimum": 1})] = entry(
        default=None, description="So many signatories suffice."
    )
    vetoes: list[str] = entry(list, description="Signatories that must be among them.")


class TieShape(Shape):
    """Two uncertain quantities that tend to rise together, or against each other."""

    between: list[str] = entry(description="The paths of two uncertain quantities.")
    rank_correlation: NumberShape = entry(description="Spearman's rank correlation, between -1 and 1.")


class SourceShape(Shape):
    """Something that was read."""

    title: Title = entry(description="Its title.")
    publisher: BriefText = entry("", description="Who published it.")
    date: Annotated[str, ReadBy(read_date, {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})] = entry(
        "", description="When, as YYYY-MM-DD."
    )
    date_is: Annotated[str, one_of_words(DATES)] = entry(
        "reported", description="Whether the source gives its date, or it was inferred."
    )
    url: Annotated[str, Text(most=2_000)] = entry("", description="Where to find it.")
    about: Prose = entry("", description="Anything a reader should know.")


class ProvenanceShape(Shape):
    """Where the numbers and statements below a path come from."""

    source: str = entry("", description="The id of a source.")
    words: Annotated[str, one_of_words(WORDS)] = entry(
        "", description="Whose words: a party's statement, an official's estimate, a comment, or a report of fact."
    )
    by: BriefText = entry("", description="Who said it.")
    assumed: Prose = entry("", description="That it was assumed, and why.")
    note: Prose = entry("", description="Anything a reader should know.")


class ScenarioShape(Shape):
    """A negotiation: what is at issue, who negotiates, what each demands and would do without a deal."""

    negsim: Annotated[int, ReadBy(read_version, {"const": 1})] = entry(description="The version of the format: 1.")
    id: Annotated[str, Text(schema={"type": "string", "pattern": SCENARIO_ID_PATTERN})] = entry(
        description="A short name for files and reports."
    )
    title: Title = entry(description="What the scenario is about, in a line.")
    about: Prose = entry("", description="Anything a reader should know.")
    base: str = entry(
        "", description="Another scenario file, relative to this one, of which this one says the changes."
    )
    sources: dict[str, SourceShape] = by_id("What was read.")
    issues: dict[str, IssueShape] = entry(
        description="What is to be settled.",
        schema={"propertyNames": {"pattern": ID_PATTERN}, "minProperties": 1},
    )
    parties: dict[str, PartyShape] = entry(
        description="Who negotiates.", schema={"propertyNames": {"pattern": ID_PATTERN}, "minProperties": 1}
    )
    rules: dict[str, RuleShape] = by_id("What is possible at all; nobody's preference.")
    agreement: AgreementShape = entry(AgreementShape, description="Who must accept; without it, every signatory.")
    war: WarShape | None = entry(None, description="The war without a deal, the same for all parties.")
    durability: DurabilityShape | None = entry(None, description="Whether a deal would hold.")
    side_payments: SidePaymentsShape | None = entry(None, description="Payments between parties.")
    protocol: ProtocolShape | None = entry(None, description="How the parties bargain: who speaks when, for how long.")
    talks: TalksShape | None = entry(None, description="The calendar of the talks, and what was seen of it.")
    ties: dict[str, TieShape] = by_id("Rank correlations between uncertain quantities.")
    provenance: dict[str, ProvenanceShape] = entry(
        dict, description="For each path: where what stands below it comes from."
    )
    expect: dict[str, ExpectShape] = by_id("What must hold, judged by `negsim check`.")
    counterexample: CounterexampleShape | None = entry(
        None, description="Of which expectation of which scenario this is a counterexample."
    )
