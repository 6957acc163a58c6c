"""The same worlds with something changed: quantities, coins against them, issues settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from negsim.errors import Path
from negsim.model.draws import Draws, draw_block, draw_centre, settle_issue, with_quantities
from negsim.model.sampling import SAMPLERS
from negsim.scenario import Scenario, loads

TEXT = """
negsim: 1
id: s
title: S
issues:
  a: {title: A, options: [x, z]}
  b: {title: B, scale: 0..10, step: 1}
parties:
  ann:
    title: Ann
    good_faith: 0.2..0.4
    demands: {a: x, b: 10}
    red_lines:
      no_y: {require: a == x, firmness: 0.2..0.4, audience_cost: 5..15}
      sure: {require: a == x, firmness: hard}
    no_deal: 20..60
  bob: {title: Bob, demands: {a: z, b: 0}, no_deal: {same: parties.ann.no_deal}}
  cas: {title: Cas, demands: {a: z, b: 0}, no_deal: {same: parties.bob.no_deal}}
"""

ANN, BOB, CAS = (("parties", who, "no_deal") for who in ("ann", "bob", "cas"))
FIRMNESS = ("parties", "ann", "red_lines", "no_y", "firmness")
FAITH = ("parties", "ann", "good_faith")
N = 64


def _drawn(text: str = TEXT, n_worlds: int = N, sampler: str = "lhs") -> tuple[Scenario, Draws]:
    scenario = loads(text)
    return scenario, draw_block(scenario, seed=9, block=1, sampler=sampler, n_worlds=n_worlds)


def _equal(one: Draws, other: Draws) -> bool:
    pairs: list[tuple[Mapping[Any, Any], Mapping[Any, Any]]] = [
        (one.quantity, other.quantity),
        (one.real, other.real),
        (one.serious, other.serious),
        (one.coin, other.coin),
        (one.settled, other.settled),
    ]
    return one.n_worlds == other.n_worlds and all(
        first.keys() == second.keys() and all(np.array_equal(first[key], second[key]) for key in first)
        for first, second in pairs
    )


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_where_nothing_changes_the_draws_are_the_same(sampler: str) -> None:
    scenario, draws = _drawn(sampler=sampler)
    assert _equal(with_quantities(scenario, draws, {}), draws)
    assert _equal(with_quantities(scenario, draws, dict(draws.quantity)), draws)


def test_what_does_not_change_is_the_very_same_array() -> None:
    scenario, draws = _drawn()
    changed = with_quantities(scenario, draws, {FAITH: np.zeros(N)})
    assert {path for path, values in changed.quantity.items() if values is not draws.quantity[path]} == {FAITH}


@pytest.mark.parametrize("sampler", SAMPLERS)
@pytest.mark.parametrize("now", [0, 0.35, 1])
def test_coins_fall_as_where_the_file_says_the_changed_value(now: float, sampler: str) -> None:
    # A coin's numbers come from its own path, so the scenario that says the new value draws the same ones. The sampler
    # sobol numbers paths together, so the quantities stay uncertain there, within a hair of the value.
    about = f"{max(now - 1e-9, 0)}..{min(now + 1e-9, 1)}"
    said = TEXT.replace("firmness: 0.2..0.4", f"firmness: {about}").replace(
        "good_faith: 0.2..0.4", f"good_faith: {about}"
    )
    scenario, draws = _drawn(sampler=sampler)
    _, expected = _drawn(said, sampler=sampler)
    found = with_quantities(scenario, draws, {FIRMNESS: np.full(N, now), FAITH: np.full(N, now)})
    assert np.array_equal(found.real["ann", "no_y"], expected.real["ann", "no_y"])
    assert np.array_equal(found.serious["ann"], expected.serious["ann"])
    assert np.all(found.real["ann", "sure"])
    assert np.mean(found.serious["ann"]) == pytest.approx(now, abs=0.15)


def test_more_firmness_makes_no_real_line_a_bluff() -> None:
    scenario, draws = _drawn()
    more = with_quantities(scenario, draws, {FIRMNESS: draws.quantity[FIRMNESS] + 0.3})
    before, after = draws.real["ann", "no_y"], more.real["ann", "no_y"]
    assert np.all(after[before])
    assert np.any(after & ~before)


def test_what_is_the_same_follows_as_far_as_nothing_else_is_said() -> None:
    scenario, draws = _drawn()
    low, high = np.full(N, 1.0), np.full(N, 2.0)
    all_follow = with_quantities(scenario, draws, {ANN: low}).quantity
    assert [all_follow[path][0] for path in (ANN, BOB, CAS)] == [1, 1, 1]
    from_bob = with_quantities(scenario, draws, {BOB: high}).quantity
    assert from_bob[ANN] is draws.quantity[ANN]
    assert from_bob[CAS][0] == from_bob[BOB][0] == 2
    both = with_quantities(scenario, draws, {ANN: low, BOB: high}).quantity
    assert [both[path][0] for path in (ANN, BOB, CAS)] == [1, 2, 2]


def test_changed_quantities_are_read_only_and_their_source_is_not() -> None:
    scenario, draws = _drawn()
    mine = np.ones(N)
    changed = with_quantities(scenario, draws, {ANN: mine})
    mine[0] = 5
    assert changed.quantity[ANN][0] == 1
    with pytest.raises(ValueError, match="read-only"):
        changed.quantity[ANN][0] = 0


def test_at_the_centre_there_are_no_coins_to_flip() -> None:
    scenario = loads(TEXT)
    centre = with_quantities(scenario, draw_centre(scenario), {FIRMNESS: np.zeros(1), FAITH: np.zeros(1)})
    assert centre.real["ann", "no_y"].tolist() == [True]
    assert centre.serious == {}


def test_some_of_the_worlds_keep_everything_that_was_drawn_for_them() -> None:
    (scenario, draws), (_, first) = _drawn(), _drawn(n_worlds=10)
    settled = settle_issue(draws, "b", 3, np.arange(N) < 5)
    kept = settled.select(np.arange(N) < 10)
    assert _equal(kept, settle_issue(first, "b", 3, np.arange(10) < 5))
    with pytest.raises(ValueError, match="read-only"):
        kept.quantity[ANN][0] = 0
    raised: dict[Path, np.ndarray[Any, Any]] = {FIRMNESS: np.full(10, 0.6)}
    assert _equal(
        with_quantities(scenario, kept, raised),
        settle_issue(with_quantities(scenario, first, raised), "b", 3, np.arange(10) < 5),
    )


def test_an_issue_settled_later_elsewhere_stays_settled_where_it_was() -> None:
    _, draws = _drawn(n_worlds=3)
    first = settle_issue(draws, "a", 1, np.array([True, False, False]))
    both = settle_issue(first, "a", 0, np.array([False, True, False]))
    assert both.settled["a"].tolist() == [1, 0, -1]
    assert draws.settled == {}
