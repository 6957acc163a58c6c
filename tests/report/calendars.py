"""A calendar of talks between two villages and what came of it, put together by hand, with figures nothing computed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from negsim.bargaining import Reason, Start
from negsim.model.estimates import Estimate, Spread
from negsim.scenario.bargaining import Tactic
from negsim.scenario.quantities import Constant, Uniform
from negsim.scenario.talks import (
    Binomial,
    Counsel,
    Effect,
    Envoy,
    Event,
    Extensible,
    Observation,
    PartialAgreement,
    Reciprocity,
    Session,
    Talks,
    Track,
    WhatIf,
)
from negsim.scenario.types import Scenario
from negsim.talks.result import (
    Conditioning,
    DayFound,
    EventFound,
    Moved,
    ObservationFound,
    PartialFound,
    PartyGain,
    SessionFound,
    TalksResult,
    TrustFound,
    WhatIfFound,
)
from negsim.talks.story import Change, Happening, Meeting, Story
from tests.report.bargains import HANDOVER, LINE, STEPS, ZONE, answer, offer, reached
from tests.report.examples import estimate, scenario

NONE = Estimate(0.0, 0.0, 0.0009)
LAND_PATH = ("parties", "lower", "no_deal")
RATE_PATH = ("talks", "events", "raids", "rate")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


TALKS = Talks(
    start=day("2025-11-25"),
    horizon=day("2026-04-30"),
    now=day("2026-02-03"),
    sessions=(
        Session("hall", date=day("2025-11-25"), venue="Town hall", format="bilateral", track="elders", exchanges=4),
        Session(
            "mill", date=day("2026-02-03"), venue="The mill", format="trilateral", track="wardens", agenda=("years",)
        ),
        Session("rounds", every=21, start=day("2026-02-20"), end=day("2026-04-30"), track="elders", exchanges=6),
    ),
    deadline=Extensible(day("2026-03-31"), Uniform(0.4, 0.8), by=30),
    tracks=(
        Track("elders", (("lower", "miller"), ("upper", "reeve")), title="The elders"),
        Track("wardens", (("lower", "captain"),), title="The wardens"),
    ),
    envoys=(
        Envoy("miller", "lower", title="The miller's widow"),
        Envoy("reeve", "upper", Tactic("time", (("exponent", Uniform(4, 8)),)), Uniform(0.4, 0.8), title="The reeve"),
        Envoy("captain", "lower", title="The captain"),
    ),
    events=(
        Event(
            "raids",
            rate=Uniform(0.1, 0.3),
            title="Raids on the barns",
            effects=(Effect("burnt", LAND_PATH, "add", Uniform(-3, -1), fades=Constant(30)),),
        ),
        Event("thaw", date=day("2026-03-05"), title="The thaw"),
        Event("quiet", date=day("2026-02-01"), chance=Uniform(0.2, 0.6), title="Four quiet days"),
        Event("answer"),
        Event("musters", every=5, battle="expected"),
    ),
    reciprocity=(Reciprocity("strike_back", after="raids", brings="answer"),),
    partial_agreements=(
        PartialAgreement("herds", "years", "20", "0", title="The herds come home"),
        PartialAgreement("wells", "years", "10", "0"),
    ),
    counsel=(
        Counsel("advice", "county", "upper", ("parties", "lower", "red_lines", "no_handover"), day("2026-03-02")),
    ),
    observed=(
        Observation("hall_failed", session="hall"),
        Observation("quiet_held", event="quiet", happened=True),
        Observation(
            "heard",
            binomial=Binomial(("parties", "upper", "good_faith"), 4, 29),
            date=day("2026-02-03"),
            about="Letters opened on the road",
        ),
    ),
    what_if=(
        WhatIf(
            "wardens_lead", tracks=(("elders", "wardens"),), title="The wardens lead", about="They have met before."
        ),
        WhatIf("no_raids", title="No more raids"),
        WhatIf("later", about="The assembly meets late."),
    ),
)


def calendar() -> Scenario:
    """The two villages with a calendar of everything that one can hold."""
    return replace(scenario(), talks=TALKS)


ELDERS = (("upper", "reeve"), ("lower", "miller"))


def met(identity: str, number: int, when: str, held: Estimate, agreed: Estimate, **other: object) -> SessionFound:
    said: dict[str, object] = {
        "title": "",
        "venue": "",
        "format": "",
        "track": "elders",
        "delegations": ELDERS,
        "agenda": (),
        "exchanges": 6,
        "observed": False,
        "p_zone": estimate(0.41),
        "p_mismatch": estimate(0.2),
        "trust": (TrustFound("upper", estimate(0.31), 0.42), TrustFound("lower", estimate(0.95, 0.01), 0.88)),
        **other,
    }
    return SessionFound(identity, number, day(when), p_held=held, p_agreed=agreed, **said)  # type: ignore[arg-type]


ALL = Estimate(1.0, 1.0, 1.0)

SESSIONS = (
    met(
        "hall", 0, "2025-11-25", ALL, NONE, venue="Town hall", format="bilateral", exchanges=4, observed=True,
        p_zone=estimate(0.22), trust=(TrustFound("upper", estimate(0.44), 0.5), TrustFound("lower", ALL, 0.9)),
    ),
    met(
        "mill", 0, "2026-02-03", ALL, NONE, venue="The mill", format="trilateral", track="wardens", agenda=("years",),
        delegations=(("upper", ""), ("lower", "captain")), exchanges=0, p_mismatch=NONE,
    ),
    met("rounds", 1, "2026-02-20", ALL, estimate(0.03, 0.01)),
    met("rounds", 2, "2026-03-13", estimate(0.9), estimate(0.05, 0.01)),
    met("rounds", 3, "2026-04-03", estimate(0.55), estimate(0.1, 0.02), p_zone=estimate(0.5)),
    met(
        "rounds", 4, "2026-04-24", NONE, NONE, p_zone=None, p_mismatch=None,
        trust=(TrustFound("upper", None, None), TrustFound("lower", None, None)),
    ),
)  # fmt: skip

BY_DAY = (
    DayFound(day("2025-11-25"), Estimate(0.0, 0.0, 0.0)),
    DayFound(day("2025-12-31"), Estimate(0.0, 0.0, 0.0)),
    DayFound(day("2026-02-20"), estimate(0.03, 0.01)),
    DayFound(day("2026-03-13"), estimate(0.08)),
    DayFound(day("2026-03-31"), estimate(0.08)),
    DayFound(day("2026-04-03"), estimate(0.18)),
    DayFound(day("2026-04-30"), estimate(0.18)),
)

CONDITIONING = Conditioning(
    now=day("2026-02-03"),
    observations=(
        ObservationFound("hall_failed", "", 0.91, 3731.0),
        ObservationFound("quiet_held", "", 0.38, 2210.4),
        ObservationFound("heard", "Letters opened on the road", 0.021, 611.8),
    ),
    effective=611.8,
    enough=True,
    moved=(
        Moved("parties.upper.good_faith", 0.55, 0.29, 0.2),
        Moved("parties.upper.serious", 0.55, 0.3, 0.5),
        Moved("talks.events.raids.rate", 0.2, 0.213, 0.058),
        Moved("parties.lower.red_lines.no_handover.real", 0.775, 0.79, 0.42),
    ),
)

WHAT_IFS = (
    WhatIfFound(
        "wardens_lead", "The wardens lead", "They have met before.",
        p_agreement=estimate(0.3), p_by_deadline=estimate(0.2), p_impossible=estimate(0.5),
        change=Estimate(0.12, 0.09, 0.15), change_by_deadline=Estimate(0.12, 0.1, 0.14),
        change_impossible=Estimate(0.0, -0.004, 0.004), by_day=BY_DAY,
    ),
    WhatIfFound(
        "no_raids", "No more raids", "",
        p_agreement=estimate(0.17), p_by_deadline=estimate(0.08), p_impossible=estimate(0.56),
        change=Estimate(-0.01, -0.03, 0.01), change_by_deadline=Estimate(0.0, -0.01, 0.01),
        change_impossible=Estimate(0.06, 0.04, 0.08), by_day=BY_DAY,
    ),
)  # fmt: skip

FOUND = TalksResult(
    n_worlds=4096,
    seed=0,
    sampler="lhs",
    start=TALKS.start,
    horizon=TALKS.horizon,
    now=TALKS.now,
    kind="alternating_offers",
    order=("upper", "lower"),
    deadline_kind="extensible",
    deadline_day=day("2026-03-31"),
    p_extended=estimate(0.59),
    n_deals=12,
    n_outcomes=12,
    coverage=None,
    p_agreement=estimate(0.18),
    p_by_deadline=estimate(0.08),
    missed=estimate(0.32),
    impossible=estimate(0.5),
    reasons=(
        Reason("agreed", estimate(0.18)),
        Reason("bad_faith", estimate(0.45)),
        Reason("no_zone", estimate(0.2)),
        Reason("deadline", estimate(0.17)),
    ),
    agreed_after=Spread(87.0, 129.0, 129.0),
    by_day=BY_DAY,
    sessions=SESSIONS,
    events=(
        EventFound("raids", "Raids on the barns", (), 21.34, estimate(0.99, 0.004)),
        EventFound("thaw", "The thaw", (day("2026-03-05"),), 0.9, estimate(0.9)),
        EventFound("quiet", "Four quiet days", (day("2026-02-01"),), 1.0, ALL),
        EventFound("answer", "", (), 6.2, estimate(0.93)),
        EventFound("musters", "", tuple(TALKS.start + dt.timedelta(5 * k) for k in range(32)), 27.5, ALL),
    ),
    partials=(
        PartialFound("herds", "The herds come home", "years", "20", observed=False, p_concluded=estimate(0.4)),
        PartialFound("wells", "", "years", "10", observed=True, p_concluded=ALL),
    ),
    options=(
        *reached("land", line=0.04, zone=0.9, handover=0.06),
        *reached("guard", nobody=0.2, county=0.7, irrelevant=0.1),
        *reached("years", _0=0.02, _10=0.58, _20=0.4),
    ),
    parties=(PartyGain("upper", Spread(4.1, 12.62, 20.0)), PartyGain("lower", Spread(0.0, 3.0, 9.0))),
    conditioning=CONDITIONING,
    what_ifs=WHAT_IFS,
)

SCARCE = replace(FOUND, conditioning=replace(CONDITIONING, effective=38.2, enough=False))
"""Hardly any world fits what was seen."""

UNSEEN = replace(
    FOUND,
    now=TALKS.start,
    conditioning=None,
    p_agreement=NONE,
    p_by_deadline=None,
    deadline_kind="hazard",
    deadline_day=None,
    p_extended=None,
    reasons=(Reason("no_zone", Estimate(1.0, 0.9991, 1.0)),),
    agreed_after=None,
    by_day=tuple(DayFound(one.day, NONE) for one in BY_DAY),
    events=(),
    partials=(),
    options=(),
    parties=(PartyGain("upper", None), PartyGain("lower", None)),
    what_ifs=(),
)
"""Nothing was observed, and nobody ever agrees."""


def raid(when: str, before: float) -> Happening:
    return Happening(day(when), "event", "raids", changes=(Change("parties.lower.no_deal", before, before - 2.04),))


def meeting(when: str, number: int, *, identity: str = "rounds", **other: object) -> Meeting:
    said: dict[str, object] = {
        "venue": "",
        "format": "",
        "track": "elders",
        "delegations": ELDERS,
        "mismatch": False,
        "observed": False,
        "has_zone": True,
        "no_deal": (("upper", 30.0), ("lower", 35.21)),
        "steps": (),
        "learned": (),
        **other,
    }
    return Meeting(day(when), identity, number, **said)  # type: ignore[arg-type]


STORY = Story(
    world=7,
    seed=3,
    kind="alternating_offers",
    start=TALKS.start,
    horizon=TALKS.horizon,
    now=TALKS.now,
    weight=1.42,
    starts=(
        Start("upper", "time", (("exponent", 2.34567), ("start", 1.0)), 30.0, (), serious=True),
        Start("lower", "take_it_or_leave_it", (), 41.26, (("no_handover", True),), serious=True),
    ),
    entries=(
        meeting(
            "2025-11-25", 0, identity="hall", venue="Town hall", format="bilateral", observed=True, has_zone=False,
            steps=(offer(1, "upper", HANDOVER, answer("lower", None, None, crossed=("no_handover",)), gain=44.04),),
        ),
        raid("2025-12-11", 41.26),
        raid("2025-12-14", 40.8),
        Happening(day("2025-12-14"), "event", "raids", times=2, changes=(Change("parties.lower.no_deal", 39.0, 36.0),)),
        raid("2025-12-31", 37.25),
        Happening(day("2026-02-01"), "event", "quiet", changes=(Change("talks.events.raids.rate", 0.21, 0.0),)),
        Happening(day("2026-02-02"), "answer", "answer"),
        meeting(
            "2026-02-03", 0, identity="mill", venue="The mill", format="trilateral", track="wardens",
            delegations=(("upper", ""), ("lower", "captain")),
        ),
        Happening(day("2026-02-03"), "partial_agreement", "herds"),
        meeting("2026-02-20", 1, mismatch=True),
        Happening(day("2026-03-01"), "event", "musters", word="lower"),
        Happening(day("2026-03-02"), "counsel", "advice", word="believed, real"),
        meeting("2026-03-13", 2, steps=(STEPS[1], STEPS[2], STEPS[3]), learned=(STEPS[4], STEPS[5])),
        Happening(day("2026-03-31"), "deadline_put_off", ""),
        meeting("2026-04-03", 3, steps=(STEPS[6],), ended="agreed"),
    ),
    stop="agreed",
    day=day("2026-04-03"),
    deal=ZONE,
    gains=(("upper", 20.0), ("lower", 2.0)),
    had_zone=True,
)  # fmt: skip

FAILED = replace(
    STORY,
    weight=1.0,
    starts=(replace(STORY.starts[0], serious=False), STORY.starts[1]),
    entries=STORY.entries[:-1],
    stop="deadline",
    day=TALKS.horizon,
    deal=(),
    gains=(),
)

__all__ = ["CONDITIONING", "FAILED", "FOUND", "LINE", "SCARCE", "STORY", "TALKS", "UNSEEN", "calendar"]
