"""Letting worlds live through a calendar both ways, and comparing all that is found of them."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario
from negsim.talks.analysis import talk_in_blocks
from negsim.talks.found import Found
from negsim.talks.plan import find_what_if
from negsim.talks.setting import make_setting
from negsim.talks.steps import Steps
from tests.reference_talks import Life
from tests.reference_timetable import Lived


def compare(scenario: Scenario, n_worlds: int = 16, *, what_if: str = "", seed: int = 0, kind: str = "lhs") -> Found:
    """Let worlds live through a calendar both ways, and compare all that is found of them."""
    setting = make_setting(scenario, [what_if] if what_if else [], seed, kind)
    found = talk_in_blocks(setting, [(0, n_worlds)])[-1]
    steps = Steps(seed, kind, [(0, n_worlds)])
    assert scenario.talks is not None
    asked = find_what_if(scenario.talks, what_if) if what_if else None
    for world in range(n_worlds):
        life = Life(setting.table, world, steps, asked)
        check(scenario, found, world, life, life.live())
    return found


def check(scenario: Scenario, found: Found, world: int, life: Life, lived: Lived) -> None:
    talks = scenario.talks
    assert talks is not None
    where = f"world {world}"
    assert Stop(int(found.stop[world])).name == lived.stop, where
    assert (found.ended[world], found.agreed_at[world]) == (lived.ended, lived.agreed_at), where
    assert found.choice[world].tolist() == lived.choice, where
    assert (found.extended[world], found.ever[world]) == (lived.extended, life.ever), where
    if lived.gain:
        assert found.gain[world].tolist() == pytest.approx(lived.gain, abs=1e-4), where
    else:
        assert np.all(np.isnan(found.gain[world])), where
    struck = {event.id: int(n) for event, n in zip(talks.events, found.struck[world], strict=True) if n}
    assert struck == lived.struck, where
    concluded = zip(talks.partial_agreements, found.concluded[world].tolist(), strict=True)
    assert {partial.id: day for partial, day in concluded if day >= 0} == lived.concluded, where
    compare_sessions(found, world, lived)
    compare_weights(found, world, life, lived)


def compare_sessions(found: Found, world: int, lived: Lived) -> None:
    assert np.flatnonzero(found.held[world]).tolist() == sorted(lived.held), f"world {world}"
    for place, held in lived.held.items():
        where = f"world {world}, session {place}"
        assert bool(found.mismatch[world, place]) == held.mismatch, where
        assert bool(found.zone[world, place]) == held.zone, where
        assert found.serious[world, place].tolist() == held.serious, where
        assert bool(found.went_on[world, place]) == held.went_on, where
        if held.went_on:
            assert found.believed[world, place].tolist() == pytest.approx(held.believed, abs=1e-6), where


def compare_weights(found: Found, world: int, life: Life, lived: Lived) -> None:
    if not life.talks.observed:
        return
    # Of those of one day the order may differ, and a sum of all is what weighs.
    expected = sum(lived.weight.values())
    assert float(np.sum(found.seen[world])) == pytest.approx(expected, rel=1e-9, abs=1e-9), f"world {world}"
