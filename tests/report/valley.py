"""A made-up scenario with some of everything that bears on no deal and on what comes after one, and findings by hand."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

from negsim.model.estimates import Estimate, Spread
from negsim.scenario import Scenario, load
from negsim.zone.deal_result import DealResult, PartyView
from negsim.zone.findings import (
    Blocks,
    Concession,
    LineBlock,
    MinimalSet,
    NearOutcome,
    NearParty,
    NoDealBlock,
    Shortfall,
)
from negsim.zone.result import CoinMove, NearDeals, PartyShare, ZoneResult
from negsim.zone.stakes_deal import BonusPart, DealPayment, DealStakes
from negsim.zone.stakes_result import (
    BreakerShare,
    DealRisk,
    Faith,
    KeptOut,
    NoDealFinding,
    Paid,
    PartyRisk,
    Payments,
    Pressure,
    Stakes,
    TermPrice,
    WhatIf,
)
from tests.report.examples import estimate, finding

FILE = Path(__file__).parent / "valley.scenario.yaml"
DEAL = (("land", "frozen"), ("force", "county"), ("guarantee_years", "30"), ("bridge", "east"))
ALL = Estimate(1.0, 0.996, 1.0)
NONE = Estimate(0.0, 0.0, 0.004)


def valley() -> Scenario:
    return load(FILE)


def what_if(share: float, difference: float) -> WhatIf:
    return WhatIf(1024, estimate(share), Estimate(difference, difference - 0.02, difference + 0.02))


DRAWN = Spread(0.4, 0.5, 0.6)
OUTSIDE = NoDealFinding("west", "war", Spread(29.0, 35.0, 39.8), Spread(27.5, 33.4, 39.5), DRAWN, DRAWN, 1024)
NO_DEAL = (
    NoDealFinding("east", "war", Spread(54.9, 59.5, 64.3), None, Spread(0.75, 0.75, 0.75), DRAWN, 1024),
    OUTSIDE,
    NoDealFinding("hunters", "number", Spread(24.0, 40.0, 56.0), None, None, None, 1024),
)


def _terms(actor: str) -> tuple[TermPrice, ...]:
    return (
        TermPrice(actor, 10.0, Spread(-3.1, -1.5, -0.7), Spread(0.49, 0.59, 0.7), NONE),
        TermPrice(actor, 50.0, Spread(0.0, 0.2, 0.7), None, ALL),
    )


RISK = DealRisk(
    n_worlds=1024,
    p_but_for_risk=estimate(0.08),
    breakers=(BreakerShare("east", estimate(0.9)),),
    years=Spread(4.0, 12.34, math.inf),
    p_holds=((5, estimate(0.7)), (10, estimate(0.5)), (30, estimate(0.12))),
    term=30.0,
    credibility=Spread(0.5, 0.6, 0.7),
    needed=Spread(0.65, 0.72, 0.8),
    p_enough=estimate(0.05),
    p_none=estimate(0.1),
    parties=(
        PartyRisk("west", Spread(10.2, 15.0, 21.0), Spread(3.0, 5.8, 10.2), Spread(2.5, 2.5, 2.5), ALL),
        PartyRisk("hunters", Spread(-31.0, -15.0, 0.9), Spread(-15.8, -7.0, 0.4), Spread(0, 0, 0), estimate(0.12)),
    ),
    terms=(*_terms("west"), *_terms("hunters")),
)
LASTING = DealRisk(
    n_worlds=1024,
    p_but_for_risk=NONE,
    breakers=(),
    years=Spread(math.inf, math.inf, math.inf),
    p_holds=((5, ALL), (10, ALL), (30, ALL)),
    term=None,
    credibility=Spread(1.0, 1.0, 1.0),
    needed=None,
    p_enough=NONE,
    p_none=ALL,
    parties=(),
    terms=(),
)
STAKES = Stakes(
    no_deal=NO_DEAL,
    common_belief=what_if(0.42, 0.11),
    unbroken=what_if(0.36, 0.05),
    deals=(RISK, LASTING),
    kept_out=(
        KeptOut(DEAL, 1024, estimate(0.25), estimate(0.02)),
        KeptOut((*DEAL[:-1], ("bridge", "west")), 1024, estimate(0.2), NONE),
    ),
    negotiators=what_if(0.45, 0.14),
    no_levers=what_if(0.2, -0.11),
    pressure=(
        Pressure(("east",), 5.0, what_if(0.36, 0.05)),
        Pressure(("east",), 10.0, what_if(0.41, 0.1)),
        Pressure(("east", "west"), 5.0, what_if(0.39, 0.08)),
    ),
    faith=Faith(estimate(0.8), what_if(0.25, -0.06)),
    payments=Payments(
        1024, "m crowns", estimate(0.4), estimate(0.09), Spread(1.76, 8.1, 14.9), (Paid("east", estimate(0.97)),)
    ),
)

DEAL_STAKES = DealStakes(
    no_deal=NO_DEAL,
    risk=RISK,
    bonuses=(
        BonusPart("east", "carrot", "crown", "grain", Spread(5.5, 7.5, 9.5)),
        BonusPart("east", "stick", "crown", "", Spread(1.0, 5.0, 9.0)),
        BonusPart("west", "offence", "bridge", "", Spread(-9.5, -7.5, -5.5)),
        BonusPart("west", "relief", "bridge", "", Spread(3.0, 3.0, 3.0)),
    ),
    sacred=(("west", "bridge"),),
    negotiators=estimate(0.3),
    at_home=(("west", "council"), ("west", "hunters")),
    p_in_good_faith=estimate(0.1),
    payment=DealPayment("m crowns", estimate(0.02), Spread(1.0, 1.07, 1.07)),
)


def zone_finding(stakes: Stakes = STAKES) -> ZoneResult:
    """A finding on the valley, with what stands beside a zone in full and little else."""
    told = valley()
    plain = finding(told)
    deals = tuple(
        replace(deal, options=DEAL, asked=("east", "west", "council"), parties=_shares(told)) for deal in plain.deals
    )
    options = tuple(
        replace(option, p_in_zone=estimate(0.2), share_of_zones=estimate(0.6), parties=_shares(told))
        for option in plain.options
    )
    return replace(
        plain,
        deals=deals,
        options=options,
        stakes=stakes,
        near=NearDeals(0, ()),
        solutions=(),
        moves=(),
        coins=COINS_AT_HOME,
        blocks=at_home(),
    )


def _shares(told: Scenario) -> tuple[PartyShare, ...]:
    return tuple(PartyShare(actor.id, estimate(0.4)) for actor in told.actors)


COINS_AT_HOME = (
    CoinMove("council", "term", estimate(0.62), estimate(0.21), Estimate(-0.41, -0.5, -0.3), stands_out=True),
)


def at_home() -> Blocks:
    """What blocks where everything in the way is at home."""
    near = NearParty("council", estimate(0.3), NONE, None, (("term", estimate(0.68)),))
    return Blocks(
        n_worlds=4096,
        n_without=2826,
        p_zone=estimate(0.31),
        lines=(LineBlock("council", "term", estimate(0.8), estimate(0.49), estimate(0.0)),),
        no_deal=(NoDealBlock("hunters", 5.0, estimate(0.62), estimate(0.31)),),
        minimal=(MinimalSet((("council", "term"),), (Concession("hunters", Spread(0.5, 4.0, 11.2)),), estimate(0.71)),),
        n_minimal=1,
        shortfalls=(Shortfall("council", NONE, None, estimate(0.7), estimate(0.3)),),
        nearest=(NearOutcome(DEAL, estimate(0.71), estimate(0.71), (near,)),),
        total=None,
    )


def deal_finding(stakes: DealStakes = DEAL_STAKES) -> DealResult:
    """A finding on one deal of the valley."""
    views = tuple(
        PartyView(actor.id, ALL, Spread(1.0, 5.0, 9.0), NONE, NONE, NONE, None, (), ()) for actor in valley().actors
    )
    return DealResult(
        scenario="valley",
        title="The valley between two towns",
        n_issues=4,
        n_outcomes=72,
        n_worlds=4096,
        seed=0,
        sampler="lhs",
        options=DEAL,
        asked=("east", "west", "council", "hunters"),
        p_in_zone=estimate(0.12),
        parties=views,
        preferred=(),
        n_preferred=0,
        best_other=None,
        n_compared=71,
        most_changes=None,
        n_chosen_on=1024,
        stakes=stakes,
    )
