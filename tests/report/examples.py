"""Scenarios and findings put together by hand, with figures that nothing computed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from negsim.model.estimates import Estimate, Spread
from negsim.scenario.conditions.tree import Condition, OptionIn
from negsim.scenario.quantities import Constant, Normal, Uniform
from negsim.scenario.types import (
    Adjustment,
    Agreement,
    Demand,
    Issue,
    IssueKind,
    Party,
    Priority,
    Provenance,
    RedLine,
    Role,
    Rule,
    SameAs,
    Scenario,
    Tie,
)
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
)
from negsim.zone.questions import USUAL
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

LAND = Issue(
    "land",
    "The strip between the villages",
    IssueKind.ORDERED,
    ("line", "zone", "handover"),
    ("Both stay where they are", "Nobody enters it", "The upper village gets it"),
)
ZONE_GUARD = Issue(
    "guard",
    "Who guards the zone",
    IssueKind.CATEGORICAL,
    ("nobody", "county"),
    ("Nobody", "The county's wardens"),
    when=Condition("land == zone", OptionIn("land", (1,)), ("land",)),
)
YEARS = Issue(
    "years",
    "Term of the guarantee",
    IssueKind.NUMERIC,
    ("0", "10", "20"),
    ("0 years", "10 years", "20 years"),
    levels=(Fraction(0), Fraction(10), Fraction(20)),
    unit="years",
)
ISSUES = (LAND, ZONE_GUARD, YEARS)

NO_HANDOVER = RedLine(
    "no_handover",
    Condition("land != handover", OptionIn("land", (0, 1)), ("land",)),
    firmness=Uniform(0.6, 0.95),
    audience_cost=Constant(0.0),
    title="No handing over",
)


def scenario(n_parties: int = 2) -> Scenario:
    """Two villages and so many further signatories, with some of everything that a scenario can say."""
    lower = Party(
        "lower",
        "Lower village",
        Role.SIGNATORY,
        demands=(Demand("land", "option", ("line",), (0,)), Demand("years", "at_least", ("20",), (2,))),
        priorities=(Priority("land", Uniform(30, 50)), Priority("years", Normal(20, 4))),
        red_lines=(NO_HANDOVER,),
        no_deal=Uniform(20, 60),
    )
    upper = Party(
        "upper",
        "Upper village [the old one]",
        Role.SIGNATORY,
        demands=(Demand("land", "one_of", ("zone", "handover"), (1, 2)), Demand("years", "any", (), (0, 1, 2))),
        adjustments=(
            Adjustment("peace", Condition("land == line", OptionIn("land", (0,)), ("land",)), Constant(-5), "Pride."),
        ),
        no_deal=SameAs(options=(("land", "line"), ("guard", "irrelevant")), levels=(("years", Uniform(0, 5)),)),
        about="Says that the strip is its own.",
    )
    county = Party(
        "county",
        "The county",
        Role.GUARANTOR,
        consents_to=Condition("guard == county", OptionIn("guard", (1,)), ("guard",)),
    )
    further = [
        Party(f"village_{k}", f"Neighbouring hamlet {k}", Role.SIGNATORY, demands=lower.demands) for k in range(9)
    ]
    return Scenario(
        "strip",
        "The strip between two villages",
        ISSUES,
        tuple(sorted([county, lower, upper, *further[: n_parties - 2]], key=lambda party: party.id)),
        about="An example by hand.",
        rules=(Rule("r", Condition("years > 0", OptionIn("years", (1, 2)), ("years",)), "Zero years mean nothing."),),
        agreement=Agreement(),
        ties=(Tie("t", (("parties", "lower", "no_deal"), ("parties", "lower", "priorities", "land")), 0.5),),
        provenance=(
            Provenance(("parties", "lower"), source="gazette", words="report"),
            Provenance(("parties", "lower", "no_deal"), assumed="Nobody said."),
        ),
    )


def estimate(middle: float, half: float = 0.02) -> Estimate:
    return Estimate(middle, max(0.0, middle - half), min(1.0, middle + half))


def shares(of: Scenario, middle: float) -> tuple[PartyShare, ...]:
    return tuple(PartyShare(party.id, estimate(middle)) for party in of.parties)


MOVES = (
    Move(
        "parties.lower.no_deal",
        28.0,
        52.0,
        estimate(0.5),
        estimate(0.09),
        Estimate(-0.41, -0.45, -0.37),
        stands_out=True,
    ),
    Move(
        "parties.lower.red_lines.no_handover.firmness",
        0.67,
        0.8798765,
        estimate(0.2),
        estimate(0.4),
        Estimate(0.2, 0.16, 0.26),
        stands_out=True,
    ),
    Move(
        "parties.lower.priorities.years",
        16.6325,
        23.3675,
        estimate(0.3),
        estimate(0.35),
        Estimate(0.05, 0.002, 0.1),
    ),
    Move("parties.lower.priorities.land", 34.0, 46.0, estimate(0.31), estimate(0.3), Estimate(-0.01, -0.06, 0.04)),
)

COINS = (
    CoinMove("lower", "no_handover", estimate(0.62), estimate(0.21), Estimate(-0.41, -0.5, -0.3), stands_out=True),
)

STRUCTURE = (
    StructuralMove("value_shape", "step", 1024, estimate(0.12), Estimate(-0.19, -0.23, -0.15)),
    StructuralMove("value_shape", "concave", 1024, estimate(0.37), Estimate(0.06, 0.04, 0.08)),
    StructuralMove("irrelevant", "worst", 1024, estimate(0.31), Estimate(0.0, -0.004, 0.004)),
    StructuralMove("irrelevant", "best", 1024, estimate(0.314), Estimate(0.004, -0.003, 0.012)),
)


def blocks(of: Scenario, p_zone: Estimate) -> Blocks:
    """What blocks where the lower village's line is the chief obstacle; nothing where every world has a zone."""
    n_without = 0 if p_zone.estimate >= 1 else 2826
    alone = (estimate(0.02, 0.01), Spread(1.0, 3.25, 9.0))
    return Blocks(
        n_worlds=4096,
        n_without=n_without,
        p_zone=p_zone,
        lines=(LineBlock("lower", "no_handover", estimate(0.8), estimate(0.49), estimate(0.12)),),
        no_deal=(
            NoDealBlock("upper", 5.0, estimate(0.33), estimate(0.013, 0.004)),
            NoDealBlock("lower", 5.0, p_zone, Estimate(0.0, 0.0, 0.001)),
        ),
        minimal=(
            MinimalSet((("lower", "no_handover"),), (), estimate(0.71)),
            MinimalSet((("lower", "no_handover"),), (Concession("upper", Spread(0.5, 4.0, 11.2)),), estimate(0.22)),
            MinimalSet((), (Concession("upper", Spread(2.0, 2.0, 2.0)),), estimate(0.019, 0.005)),
        ),
        n_minimal=3,
        shortfalls=tuple(
            Shortfall(party.id, alone[0], alone[1] if k else None, estimate(0.7), estimate(0.28))
            for k, party in enumerate(of.parties)
        )
        if n_without
        else (),
        nearest=nearest(of) if n_without else (),
        total=None,
    )


def nearest(of: Scenario) -> tuple[NearOutcome, ...]:
    """Two outcomes: the first crosses a line of the lower village, the second leaves another party short."""
    none = estimate(0.0, 0.001)
    crossing = tuple(
        NearParty(p.id, estimate(0.3), none, None, (("no_handover", estimate(0.68)),))
        if p.id == "lower"
        else NearParty(p.id, estimate(0.99), estimate(0.01), Spread(0.1, 0.4, 1.0), ())
        for p in of.parties
    )
    short = tuple(NearParty(p.id, estimate(0.5), estimate(0.5), Spread(0.5, 4.0, 11.2), ()) for p in of.parties)
    return (
        NearOutcome((("land", "zone"), ("guard", "county"), ("years", "20")), estimate(0.71), estimate(0.71), crossing),
        NearOutcome((("land", "line"), ("guard", "irrelevant"), ("years", "20")), estimate(0.2), estimate(0.07), short),
    )


def solutions(of: Scenario) -> tuple[SolutionFinding, ...]:
    """Two solutions, of which one compares points."""
    options = tuple(
        SolutionShare(issue.id, option, estimate(0.8 if k == 0 else 0.2 / (issue.n_choices - 1)))
        for issue in of.issues
        for k, option in enumerate(issue.choices)
    )
    gains = tuple((party.id, Spread(1.0, 8.5, 20.0)) for party in of.parties if party.role is Role.SIGNATORY)
    return (
        SolutionFinding("nash", "Nash", False, 1024, 317, options, gains),
        SolutionFinding("utilitarian", "Utilitarian", True, 1024, 317, options, gains),
    )


def finding(of: Scenario, p_zone: Estimate | None = None) -> ZoneResult:
    """A finding with two deals for the scenario above."""
    found = p_zone or estimate(0.31)
    options = tuple(
        OptionFinding(
            issue.id,
            option,
            estimate(0.1 * (k + 1)),
            estimate(0.3 * (k + 1)) if found.estimate > 0 else None,
            shares(of, 0.003 if k == 0 else 0.6),
        )
        for issue in of.issues
        for k, option in enumerate((*issue.options, "irrelevant") if issue.when else issue.options)
    )
    first = (("land", "zone"), ("guard", "county"), ("years", "20"))
    second = (("land", "line"), ("guard", "irrelevant"), ("years", "20"))
    asked = tuple(party.id for party in of.parties)
    deals = (
        Deal(first, estimate(0.21), estimate(0.21), shares(of, 0.4), asked),
        Deal(second, estimate(0.014, 0.006), estimate(0.008, 0.004), shares(of, 0.2), asked[:1]),
    )
    any_zone = found.estimate > 0
    return ZoneResult(
        scenario=of.id,
        title=of.title,
        parties=tuple(party.id for party in of.parties),
        n_issues=3,
        n_outcomes=8,
        n_cells=4,
        n_worlds=4096,
        seed=0,
        sampler="lhs",
        questions=USUAL,
        enumerated=True,
        p_zone=found,
        size=ZoneSize(Estimate(1.5, 1.4, 1.6), *((1, 2, 3) if any_zone else (None, None, None))),
        deals=deals if any_zone else (),
        p_covered=estimate(0.218) if any_zone else Estimate(0.0, 0.0, 0.0009),
        near=NearDeals(2, first[:1]) if any_zone else NearDeals(0, ()),
        options=options,
        blocks=blocks(of, found),
        solutions=solutions(of) if any_zone else (),
        moves=MOVES if any_zone else tuple(replace(move, stands_out=False) for move in MOVES),
        coins=COINS if any_zone else (),
        structure=STRUCTURE,
    )
