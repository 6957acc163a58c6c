"""Frontiers where free issues are merged: as they are enumerated, beyond what can be, and where it is too much."""

from __future__ import annotations

import json

import pytest

from negsim.errors import UsageError
from negsim.scenario import Scenario, loads
from negsim.zone import analyse_zone, find_frontier
from negsim.zone.questions import Questions
from tests.zone.test_frontiers import in_world, over_worlds


def many_issues() -> Scenario:
    """Eleven levels on each of 20 issues, that weigh 5 each to Ann, and 1/4, 3/4, 5/4... to Bob: 100 points each."""
    issues = {f"i{k}": {"title": f"I{k}", "scale": "0..10", "step": 1} for k in range(20)}
    ann = {"title": "Ann", "demands": dict.fromkeys(issues, 10), "no_deal": "30..50"}
    bob = {
        "title": "Bob",
        "demands": dict.fromkeys(issues, 0),
        "priorities": {name: 2 * k + 1 for k, name in enumerate(issues)},
        "no_deal": "30..50",
    }
    parties = {"ann": ann, "bob": bob}
    return loads(json.dumps({"negsim": 1, "id": "m", "title": "M", "issues": issues, "parties": parties}))


def test_a_scenario_of_more_than_a_million_million_outcomes_has_a_frontier_too() -> None:
    # Bob gives way first where it costs him least, on i0, then on i1 and so on, ten steps on each. A step is worth 1/2
    # to Ann on any issue, so that each number of steps is one point, and one outcome: 11^20 outcomes, 201 points.
    found = in_world(find_frontier(many_issues(), ["bob", "ann"], world=0))
    assert found.n_points == 201
    for steps, point in enumerate(found.points):
        given = [min(10, max(0, steps - 10 * k)) for k in range(20)]
        cost = sum(n * (2 * k + 1) / 40 for k, n in enumerate(given))
        assert point.utility == pytest.approx((100 - cost, steps / 2), abs=1e-9)
        assert point.n_outcomes == 1
        assert [int(option) for _, option in point.options] == given
    no_deal = dict(found.no_deal)
    inside = [point.utility[0] >= no_deal["bob"] and point.utility[1] >= no_deal["ann"] for point in found.points]
    assert [point.in_zone for point in found.points] == inside
    assert any(inside)


def test_over_worlds_too_much_is_merged_and_not_enumerated() -> None:
    # Ann keeps a ~ U(30, 50) and gains 100 - a at most: 68 in a tenth of worlds, so tens up to 60.
    found = over_worlds(find_frontier(many_issues(), ["ann", "bob"], n_worlds=256))
    assert [level.at_least for level in found.levels] == [10.0 * k for k in range(7)]
    # At 0 Ann gets her a in s = 2a steps, which cost Bob s/10 whole issues, (s/10)^2 / 4 points where s/10 is whole:
    # 9 to 25 points. He keeps b ~ U(30, 50), so both always accept, and he gains 100 - c(a) - b.
    first = found.levels[0]
    assert (first.p_reach.estimate, first.p_both.estimate) == (1.0, 1.0)
    assert first.most is not None
    assert abs(first.most.median - (100 - 16 - 40)) < 2


def test_outcomes_behind_a_point_are_counted_without_being_listed() -> None:
    issues = {f"i{k}": {"title": f"I{k}", "options": list("abcdefghij")} for k in range(30)}
    issues["pie"] = {"title": "Pie", "options": ["x", "y"]}
    parties = {
        "ann": {"title": "Ann", "demands": {"pie": "x"}, "no_deal": 50},
        "bob": {"title": "Bob", "demands": {"pie": "y"}, "no_deal": 50},
    }
    scenario = loads(json.dumps({"negsim": 1, "id": "m", "title": "M", "issues": issues, "parties": parties}))
    found = in_world(find_frontier(scenario, world=0))
    assert [point.n_outcomes for point in found.points] == [10**30, 10**30]
    assert (found.has_zone, found.solutions) == (False, ())


def test_a_frontier_of_too_many_points_is_refused_for_three_and_advises_two(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = many_issues_for_three()
    monkeypatch.setattr("negsim.zone.frontiers_merging.most_sums", lambda _: 50)
    with pytest.raises(UsageError, match=r"frontier of 3 parties has too many points.*over the 50 kept; ask for two"):
        find_frontier(scenario, world=0)
    assert in_world(find_frontier(scenario, ["ann", "cas"], world=0)).n_points > 1
    monkeypatch.setattr("negsim.zone.frontiers_merging.most_sums", lambda _: 3)
    with pytest.raises(UsageError, match=r"over the 3 kept$"):
        find_frontier(scenario, ["ann", "cas"], world=0)


def many_issues_for_three() -> Scenario:
    issues = {f"i{k}": {"title": f"I{k}", "options": ["a", "b", "c"]} for k in range(6)}
    orders = ("abc", "bca", "cab")
    parties = {
        name: {
            "title": name,
            "values": {issue: {order[0]: 100, order[1]: 40 + 3 * n, order[2]: 0} for issue in issues},
            "priorities": {issue: (k + 2) ** (n + 1) for k, issue in enumerate(issues)},
            "no_deal": 30,
        }
        for n, (name, order) in enumerate(zip(("ann", "bob", "cas"), orders, strict=True))
    }
    return loads(json.dumps({"negsim": 1, "id": "m", "title": "M", "issues": issues, "parties": parties}))


def test_where_the_zone_takes_too_many_sums_it_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = many_issues_for_three()
    known = in_world(find_frontier(scenario, ["ann", "cas"], world=0))
    for module in ("frontiers_zone", "violations"):
        monkeypatch.setattr(f"negsim.zone.{module}.most_sums", lambda _: 50)
    found = in_world(find_frontier(scenario, ["ann", "cas"], world=0))
    assert (found.has_zone, found.solutions) == (None, ())
    assert {point.in_zone for point in found.points} == {None}
    assert [point.gain for point in found.points] == [point.gain for point in known.points]
    assert {point.in_zone for point in known.points} <= {True, False}


def test_pieces_of_cells_and_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = cells_and_free()
    whole = find_frontier(scenario, world=2), find_frontier(scenario, ["ann", "bob"], n_worlds=40)
    monkeypatch.setattr("negsim.zone.frontiers_merging._PAIRS", 1)
    monkeypatch.setattr("negsim.zone.frontiers_merging._CELLS", 1)
    assert whole == (find_frontier(scenario, world=2), find_frontier(scenario, ["ann", "bob"], n_worlds=40))


def cells_and_free() -> Scenario:
    """Two issues that a red line names, two free ones."""
    issues = {f"i{k}": {"title": f"I{k}", "scale": "0..4", "step": 1} for k in range(4)}
    parties = {
        "ann": {
            "title": "Ann",
            "demands": dict.fromkeys(issues, 4),
            "no_deal": "20..60",
            "red_lines": {"line": {"require": "i0 + i1 >= 3", "firmness": 0.5, "audience_cost": "5..9"}},
        },
        "bob": {
            "title": "Bob",
            "demands": dict.fromkeys(issues, 0),
            "priorities": {name: 2 * k + 1 for k, name in enumerate(issues)},
            "no_deal": "20..60",
        },
    }
    return loads(json.dumps({"negsim": 1, "id": "m", "title": "M", "issues": issues, "parties": parties}))


def test_enumerated_or_merged_the_zone_is_as_likely_as_both_accept() -> None:
    scenario = cells_and_free()
    found = over_worlds(find_frontier(scenario, ["bob", "ann"], n_worlds=512))
    for method in ("enumerate", "merge"):
        zone = analyse_zone(scenario, n_worlds=512, questions=Questions(method=method))
        assert found.levels[0].p_both == zone.p_zone
