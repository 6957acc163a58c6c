"""What is asked of each cell: whether there is a zone, how bargaining ends, how the calendar of talks ends.

One entry of `OUTCOMES` each. An answer has figures, which become columns of the study, and what happened in each world,
which lets two cells be compared world by world.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from negsim.bargaining.analysis import end_blocks
from negsim.bargaining.stops import Stop
from negsim.bargaining.table import can_bargain, make_table, require_two
from negsim.errors import UsageError
from negsim.model.estimates import Estimate, Spread, proportion
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.types import Role, Scenario
from negsim.talks.analysis import can_hold_talks, talk_in_groups
from negsim.talks.likelihood import weights_of
from negsim.talks.setting import make_setting
from negsim.talks.summary import summarise
from negsim.zone.compiled import Compiled
from negsim.zone.counting import blocks_between
from negsim.zone.existence import zone_exists

__all__ = ["HEADLINES", "OUTCOMES", "Answer", "Outcome", "block_sizes", "by_block"]

Flags = NDArray[np.bool_]

HEADLINES: Mapping[str, tuple[str, str]] = {
    "p_zone": ("zone.worlds", ""),
    "p_agreement": ("agreement.worlds", ""),
    "talks.p_agreement": ("talks.worlds", "talks.weights"),
}
"""Probabilities that cells are compared by, each with the columns that say where it happened and what worlds weigh."""


_TOGETHER = 1024
"""Worlds that go through the calendar together; more take more memory."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question gave for one cell.

    ``figures`` are numbers by column, None where there is none; ``packed`` are bytes by column: a bit for each world,
    or its weight. ``worlds`` holds arrays (world,) by name, for those who keep worlds.
    """

    figures: Mapping[str, float | None]
    packed: Mapping[str, bytes] = field(default_factory=dict)
    worlds: Mapping[str, NDArray[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question: the columns of its figures and of what it packs, who can be asked, and how it is answered."""

    figures: Callable[[Scenario], tuple[str, ...]]
    packed: tuple[str, ...]
    refuse: Callable[[Scenario], None]
    ask: Callable[[Compiled, int], Answer]


def block_sizes(n_worlds: int) -> NDArray[np.int64]:
    """Tell how many worlds each block has: int64 array (block,)."""
    return np.array([n for _, n in blocks_between(0, n_worlds)], np.int64)


def by_block(happened: Flags) -> NDArray[np.int64]:
    """Count, block by block, where something happened: (world,) to (block,)."""
    return np.add.reduceat(happened.astype(np.int64), np.arange(0, len(happened), BLOCK))


def _columns(name: str, found: Estimate) -> dict[str, float | None]:
    return dict(found.columns(name))


def _three(name: str) -> tuple[str, ...]:
    return name, f"{name}.low", f"{name}.high"


def _share(happened: Flags) -> Estimate:
    return proportion(by_block(happened), block_sizes(len(happened)))


def _pack(happened: Flags) -> bytes:
    return np.packbits(happened).tobytes()


def _median(found: Spread | None) -> float | None:
    return None if found is None else found.median


def _zone(compiled: Compiled, n_worlds: int) -> Answer:
    exists = np.concatenate([zone_exists(compiled, compiled.worlds(*one)) for one in blocks_between(0, n_worlds)])
    return Answer(_columns("p_zone", _share(exists)), {"zone.worlds": _pack(exists)}, {"zone": exists})


def _signing(scenario: Scenario) -> list[str]:
    return [party.id for party in scenario.parties if party.role is Role.SIGNATORY]


def _bargain(compiled: Compiled, n_worlds: int) -> Answer:
    table = make_table(compiled)
    found = end_blocks(table, blocks_between(0, n_worlds))
    agreed = found.stop == Stop.AGREED
    figures = {
        **_columns("p_agreement", _share(agreed)),
        "p_missed": float(np.mean(found.zone & ~agreed)),
        "p_impossible": float(np.mean(~found.zone)),
        "rounds": float(np.median(found.round[agreed] + 1)) if np.any(agreed) else None,
        **{f"gain.{party.id}": float(np.mean(found.gain[:, k])) for k, party in enumerate(table.parties)},
    }
    worlds = {"end": _words(found.stop), "round": np.where(agreed, found.round + 1, 0)}
    return Answer(figures, {"agreement.worlds": _pack(agreed)}, worlds)


def _words(stop: NDArray[np.int8]) -> NDArray[Any]:
    return np.array([one.word for one in Stop])[stop]


def _hold_talks(compiled: Compiled, n_worlds: int) -> Answer:
    setting = make_setting(compiled.scenario, (), compiled.seed, compiled.sampler)
    groups = [(first, min(_TOGETHER, n_worlds - first)) for first in range(0, n_worlds, _TOGETHER)]
    runs = talk_in_groups(setting, groups)
    result, found = summarise(setting, runs, block_sizes(n_worlds)), runs[0]
    weight = weights_of(found.seen.T, tuple(seen.id for seen in setting.plans[0].observed))
    agreed = found.stop == Stop.AGREED
    figures = {
        **_columns("talks.p_agreement", result.p_agreement),
        "talks.p_missed": result.missed.estimate,
        "talks.p_impossible": result.impossible.estimate,
        "talks.days": _median(result.agreed_after),
    }
    worlds = {"talks.end": _words(found.stop), "talks.day": found.ended, "talks.weight": weight}
    return Answer(figures, {"talks.worlds": _pack(agreed), "talks.weights": weight.tobytes()}, worlds)


def _refuse_no_talks(scenario: Scenario) -> None:
    if not can_hold_talks(scenario):
        what = "two signatories" if scenario.talks is not None else "calendar of talks"
        raise UsageError(f"--of talks: {scenario.id} has no {what}; leave talks out, or write a block `talks`")


def _refuse_nobody(scenario: Scenario) -> None:
    if not can_bargain(scenario):
        require_two(scenario)


OUTCOMES: Mapping[str, Outcome] = {
    "zone": Outcome(lambda _: _three("p_zone"), ("zone.worlds",), lambda _: None, _zone),
    "bargain": Outcome(
        lambda scenario: (
            *_three("p_agreement"),
            "p_missed",
            "p_impossible",
            "rounds",
            *(f"gain.{party}" for party in _signing(scenario)),
        ),
        ("agreement.worlds",),
        _refuse_nobody,
        _bargain,
    ),
    "talks": Outcome(
        lambda _: (*_three("talks.p_agreement"), "talks.p_missed", "talks.p_impossible", "talks.days"),
        ("talks.worlds", "talks.weights"),
        _refuse_no_talks,
        _hold_talks,
    ),
}
"""What `--of` names. A further question needs nothing but an entry here."""
