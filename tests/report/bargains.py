"""Outcomes of bargaining put together by hand over the scenario of two villages, with figures that nothing computed."""

from __future__ import annotations

from negsim.bargaining import (
    Answer,
    BargainResult,
    Learned,
    OptionReached,
    PartyOutcome,
    Reason,
    RobustDeal,
    Start,
    Step,
    TacticChange,
    Trace,
)
from negsim.model.estimates import Estimate, Spread
from tests.report.examples import estimate

HANDOVER = (("land", "handover"), ("guard", "irrelevant"), ("years", "10"))
ZONE = (("land", "zone"), ("guard", "county"), ("years", "20"))
LINE = (("land", "line"), ("guard", "irrelevant"), ("years", "0"))

NONE = Estimate(0.0, 0.0, 0.0009)


def reached(issue: str, **shares: float) -> tuple[OptionReached, ...]:
    return tuple(OptionReached(issue, option.strip("_"), estimate(share)) for option, share in shares.items())


FOUND = BargainResult(
    n_worlds=1024,
    seed=0,
    sampler="lhs",
    kind="alternating_offers",
    n_rounds=20,
    sessions=1,
    offers="frontier",
    beliefs="learned",
    order=("upper", "lower"),
    n_deals=12,
    n_outcomes=12,
    coverage=None,
    p_agreement=estimate(0.31),
    p_zone=estimate(0.62),
    missed=estimate(0.33),
    impossible=estimate(0.38),
    reasons=(
        Reason("agreed", estimate(0.31)),
        Reason("bad_faith", estimate(0.22)),
        Reason("no_zone", estimate(0.38)),
        Reason("deadline", estimate(0.09)),
    ),
    rounds=Spread(4.0, 9.0, 17.0),
    p_efficient=estimate(0.71),
    nash=Spread(0.62, 0.84, 0.97),
    parties=(
        PartyOutcome("upper", "time", Spread(4.1, 12.62, 20.0), Spread(0.3, 0.5, 0.9), Spread(0.0, 0.0, 3.2)),
        PartyOutcome("lower", "holdout", None, None, None),
    ),
    options=(
        *reached("land", line=0.04, zone=0.9, handover=0.06),
        *reached("guard", nobody=0.2, county=0.7, irrelevant=0.1),
        *reached("years", _0=0.02, _10=0.58, _20=0.4),
    ),
    robust=(
        RobustDeal(LINE, estimate(0.55), NONE),
        RobustDeal(ZONE, estimate(0.41), estimate(0.12)),
    ),
    changes=(
        TacticChange("upper", "tougher", Estimate(-0.12, -0.15, -0.09), Estimate(0.4, -1.2, 2.0)),
        TacticChange("upper", "softer", Estimate(0.01, -0.01, 0.03), Estimate(-3.25, -4.0, -2.5)),
        TacticChange("lower", "tougher", Estimate(0.0, -0.004, 0.004), Estimate(0.0, 0.0, 0.0)),
        TacticChange("lower", "softer", Estimate(0.2, 0.17, 0.23), Estimate(1.5, 1.0, 2.0)),
    ),
)

NOTHING = BargainResult(
    **{
        **{name: getattr(FOUND, name) for name in FOUND.__dataclass_fields__},
        "p_agreement": NONE,
        "reasons": (Reason("no_zone", Estimate(1.0, 0.9991, 1.0)),),
        "rounds": None,
        "p_efficient": None,
        "nash": None,
        "parties": (PartyOutcome("upper", "time", None, None, None), PartyOutcome("lower", "time", None, None, None)),
        "options": (),
        "robust": (),
    }
)
"""Nobody ever agrees."""


def answer(
    party: str,
    gain: float | None,
    short: float | None,
    *,
    accepted: bool = False,
    crossed: tuple[str, ...] = (),
    serious: bool = True,
) -> Answer:
    return Answer(party, accepted, gain, short, crossed, serious)


def offer(number: int, speaker: str, deal: tuple[tuple[str, str], ...], *answers: Answer, **other: object) -> Step:
    said: dict[str, object] = {"session": 1 + (number > 4), "moved": (), "gain": 20.0, **other}
    return Step(round=number, speaker=speaker, options=deal, answers=answers, **said)  # type: ignore[arg-type]


STEPS = (
    offer(1, "upper", HANDOVER, answer("lower", None, None, crossed=("no_handover",)), gain=44.04),
    offer(2, "lower", LINE, answer("upper", -3.21, 40.0)),
    offer(3, "upper", ZONE, answer("lower", 2.0, 11.5), moved=(("land", "zone"), ("years", "20"))),
    offer(4, "lower", LINE, answer("upper", -3.21, 31.0)),
    Learned(
        1,
        "upper",
        weights=(("land", 0.5, 0.624), ("years", 0.5, 0.376)),
        red_lines=(),
        serious=(1.0, 0.995),
    ),
    Learned(1, "lower", weights=(), red_lines=(("no_handover", 0.775, 0.9),), serious=(1.0, 1.0)),
    offer(5, "upper", ZONE, answer("lower", 2.0, 0.0, accepted=True)),
)

TRACE = Trace(
    world=7,
    seed=3,
    n_rounds=8,
    kind="alternating_offers",
    starts=(
        Start("upper", "time", (("exponent", 2.34567), ("start", 1.0)), 30.0, (), serious=True),
        Start("lower", "take_it_or_leave_it", (), 41.26, (("no_handover", True),), serious=True),
    ),
    steps=STEPS,
    stop="agreed",
    round=5,
    deal=ZONE,
    gains=(("upper", 20.0), ("lower", 2.0)),
    has_zone=True,
)
