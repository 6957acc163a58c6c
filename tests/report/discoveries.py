"""What discovery found, put together by hand, with figures that nothing computed."""

from __future__ import annotations

from negsim.model.estimates import Estimate
from negsim.study.discovery.result import Box, BoxLimit, Discovery, DroppedLimit, TrajectoryPoint, Varied

FIRM = "parties.lower.red_lines.no_handover.firmness"
NO_DEAL = "parties.upper.no_deal"
PROTOCOL = "protocol"
ROUNDS = "protocol.rounds"

WAY = (
    TrajectoryPoint(400, 1.0, 0.3, 1.0, 0),
    TrajectoryPoint(250, 0.9, 0.43, 0.625, 2),
    TrajectoryPoint(150, 0.8, 0.64, 0.375, 2),
    TrajectoryPoint(100, 0.75, 0.9, 0.25, 3),
    TrajectoryPoint(20, 0.17, 1.0, 0.05, 4),
)


def box(**parts: object) -> Box:
    known: dict[str, object] = {
        "limits": (
            BoxLimit(FIRM, "high", 0.8, (), 0.0004, 1.0),
            BoxLimit(NO_DEAL, "low", 32.5, (), 1e-12, 0.95),
            BoxLimit(NO_DEAL, "high", 47.25, (), 0.0312, 0.95),
            BoxLimit(PROTOCOL, "words", None, ("single_text", "monotonic"), 1e-9, 0.85),
        ),
        "dropped": (DroppedLimit(ROUNDS, "low", 0.31), DroppedLimit(ROUNDS, "high", 0.2)),
        "others": ((ROUNDS, 0.15),),
        "n_sought": 400,
        "n_cells": 110,
        "n_hits": 96,
        "base_rate": 0.3,
        "coverage": Estimate(0.8, 0.72, 0.86),
        "density": Estimate(0.873, 0.8, 0.92),
        "held_density": Estimate(0.79, 0.66, 0.88),
        "held_coverage": Estimate(0.74, 0.62, 0.83),
        "holds_up": True,
        "trajectory": WAY,
        "chosen": 3,
    }
    return Box(**{**known, **parts})  # type: ignore[arg-type]


SECOND = box(
    limits=(BoxLimit(ROUNDS, "low", 12.0, (), 0.002, 0.7),),
    dropped=(),
    others=(),
    n_sought=290,
    n_cells=30,
    n_hits=15,
    base_rate=0.083,
    coverage=Estimate(0.125, 0.08, 0.2),
    density=Estimate(0.5, 0.33, 0.67),
    held_density=Estimate(0.4, 0.21, 0.63),
    trajectory=WAY[:2],
    chosen=1,
)

WEAK = box(holds_up=False, density=Estimate(0.35, 0.2, 0.5), held_density=Estimate(0.1, 0.04, 0.2), base_rate=0.035)
NOTHING = box(holds_up=False, limits=(), others=(), held_density=Estimate(0.3, 0.25, 0.35))


def discovery(**parts: object) -> Discovery:
    known: dict[str, object] = {
        "study": "valley",
        "where": "p_agreement > 0.5",
        "policy": "",
        "seed": 7,
        "n_planned": 405,
        "n_unknown": 5,
        "n_cells": 400,
        "n_interest": 120,
        "base_rate": Estimate(0.3, 0.257, 0.347),
        "varied": (
            Varied(FIRM, 0.0, 1.0),
            Varied(NO_DEAL, -10.0, 60.0),
            Varied(PROTOCOL, words=("alternating_offers", "single_text", "monotonic")),
            Varied(ROUNDS, 5.0, 20.0),
        ),
        "constant": ("parties.lower.no_deal",),
        "boxes": (box(), SECOND),
        "rejected": WEAK,
        "covered": Estimate(0.925, 0.86, 0.96),
        "reason": "",
        "n_resamples": 20,
    }
    return Discovery(**{**known, **parts})  # type: ignore[arg-type]


def nothing(reason: str, **parts: object) -> Discovery:
    return discovery(**{"boxes": (), "rejected": None, "covered": None, "reason": reason, **parts})
