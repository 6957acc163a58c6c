"""Changes that are drawn apply to the file they are drawn for, whatever stands in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from negsim.errors import UsageError, format_path
from negsim.model.points import factors_of
from negsim.scenario import Scenario, load, loads, write
from negsim.scenario.inventory import list_quantities
from negsim.scenario.quantities import Constant
from negsim.testing.strategies import edits, from_scenario, scenarios
from tests.scenario.rich import RATIFIED, RICH

ROOT = Path(__file__).parents[2]
QUICK = settings(phases=[Phase.generate], max_examples=20_000)
"""Draws until something is found, and shrinks nothing."""

WRITTEN = {
    "rich": loads(RICH),
    "ratified": loads(RATIFIED),
    "geneva": load(ROOT / "scenarios" / "geneva-2026.scenario.yaml"),
}
LINES = """
negsim: 1
id: boat
title: Boat
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  ann:
    title: Ann
    demands: {price: 0}
    no_deal: 30
    red_lines: {cap: {require: price <= 80, firmness: 0.2..0.8}, floor: {require: price >= 10, firmness: hard}}
"""
EVERYTHING = scenarios(max_issues=3, stakes=True, bargaining=True, talks=True)


def check(scenario: Scenario, changes: tuple[str, ...]) -> None:
    """See that changes apply, and that each holds one quantity within its reach, or a red line real or a bluff."""
    quantities = {
        format_path(one.path): one.quantity for one in list_quantities(loads(write(scenario), overrides=changes))
    }
    reach = {format_path(one.given): one for one in factors_of(scenario)}
    targets = [change.split("=")[0] for change in changes]
    assert len(set(targets)) == len(targets)
    for target, change in zip(targets, changes, strict=True):
        held, factor = quantities[target], reach[target]
        assert isinstance(held, Constant)
        assert held.value == float(change.split("=")[1])
        if target.endswith(".firmness"):
            assert held.value in (0, 1) or not factor.is_coin
        else:
            assert factor.low <= held.value <= factor.high


@settings(max_examples=150)
@given(st.data(), EVERYTHING)
def test_changes_of_any_scenario_leave_it_valid(data: st.DataObject, scenario: Scenario) -> None:
    check(scenario, data.draw(edits(scenario)))


@pytest.mark.parametrize("name", WRITTEN)
@settings(max_examples=25)
@given(data=st.data())
def test_changes_of_a_long_file_leave_it_valid(name: str, data: st.DataObject) -> None:
    check(WRITTEN[name], data.draw(edits(WRITTEN[name])))


def changing(start: str) -> Callable[[tuple[str, ...]], bool]:
    return lambda changes: "".join(changes).startswith(start)


def test_all_that_is_uncertain_is_changed_but_what_is_tied() -> None:
    rich = WRITTEN["rich"]
    tied = {format_path(path) for tie in rich.ties for path in tie.between}
    assert tied
    for factor in factors_of(rich):
        target = format_path(factor.given)
        if target not in tied and factor.path[-1] != "serious":
            (change,) = find(edits(rich, max_edits=1), changing(f"{target}="), settings=QUICK)
            check(rich, (change,))


def test_the_smallest_change_is_none() -> None:
    assert find(edits(WRITTEN["rich"]), lambda _: True) == ()


def test_a_red_line_that_may_be_a_bluff_becomes_real_or_a_bluff() -> None:
    boat = loads(LINES)
    firmness = "parties.ann.red_lines.cap.firmness"
    assert find(edits(boat), changing(f"{firmness}=0")) == (f"{firmness}=0",)
    assert find(edits(boat), changing(f"{firmness}=1")) == (f"{firmness}=1",)
    assert find(edits(boat, red_lines=False), lambda _: True) == ()
    with pytest.raises(UsageError, match="min_edits=1, but boat has 0 things to change"):
        from_scenario(boat, red_lines=False, min_edits=1)


TIED = loads(
    """
negsim: 1
id: boat
title: Boat
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  ann: {title: Ann, demands: {price: 0}, no_deal: 20..30, discount_rate: 0.1..0.3}
  bob: {title: Bob, demands: {price: 100}, no_deal: 20..30}
ties: {both: {between: [parties.ann.no_deal, parties.bob.no_deal], rank_correlation: 0.5}}
"""
)
WEIGHED = loads(
    """
negsim: 1
id: boat
title: Boat
issues: {price: {title: Price, scale: 0..100, step: 10}}
parties:
  ann: {title: Ann, demands: {price: 0}, priorities: {price: 0..5}, no_deal: 20}
talks:
  start: 2026-02-01
  horizon: 2026-06-30
  now: 2026-03-01
  sessions: {first: {date: 2026-02-17}}
  events: {truce: {date: 2026-02-20, chance: {beta: {a: 2, b: 5}}}}
  observed: {kept: {event: truce, happened: true}}
"""
)


@given(edits(TIED))
def test_what_is_tied_stays_uncertain(changes: tuple[str, ...]) -> None:
    check(TIED, changes)
    assert [change.split("=")[0] for change in changes] in ([], ["parties.ann.discount_rate"])


@given(edits(WEIGHED))
def test_the_only_weight_and_the_chance_of_what_was_seen_are_never_nothing(changes: tuple[str, ...]) -> None:
    check(WEIGHED, changes)
    assert 0 not in {float(change.split("=")[1]) for change in changes}


@settings(max_examples=50)
@given(st.data(), st.integers(0, 3), st.integers(0, 2))
def test_there_are_as_many_changes_as_were_asked_for(data: st.DataObject, low: int, more: int) -> None:
    rich = WRITTEN["rich"]
    assert len(data.draw(edits(rich, max_edits=low))) <= low
    held = data.draw(from_scenario(rich, min_edits=low, max_edits=low + more))
    before, after = ({one.path: one.quantity for one in list_quantities(each)} for each in (rich, held))
    changed = [path for path in before if before[path] != after[path]]
    assert before.keys() == after.keys()
    assert low <= len(changed) <= low + more


def test_the_smallest_scenario_made_of_another_is_that_one() -> None:
    assert find(from_scenario(WRITTEN["rich"]), lambda _: True) is WRITTEN["rich"]


@pytest.mark.parametrize(
    ("bounds", "message"),
    [
        ({"min_edits": 2, "max_edits": 1}, "cannot have max_edits=1 < min_edits=2"),
        ({"max_edits": -1}, "cannot have max_edits=-1 < min_edits=0"),
        ({"min_edits": -1}, "cannot have min_edits=-1: min_edits is at least 0"),
    ],
)
def test_bounds_on_changes_that_nothing_lies_within_are_refused(bounds: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_scenario(WRITTEN["rich"], **bounds)
    assert str(caught.value) == message
