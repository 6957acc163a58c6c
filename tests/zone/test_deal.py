"""One deal: what each party gains and lacks under it and what all prefer to it, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from negsim.errors import UsageError
from negsim.model.estimates import Spread
from negsim.model.sampling import BLOCK
from negsim.scenario import Scenario
from negsim.zone import analyse_deal, analyse_zone
from negsim.zone import deal as deal_module
from tests.strategies import Document, scenario_of

# Two parties share ten by steps of one, and settle when: now is worth 100 to Ann and 60 to Bob, later 0 and 100.
PIE: Document = {
    "negsim": 1,
    "id": "pie",
    "title": "Pie",
    "issues": {
        "share": {"title": "Share of Ann", "scale": "0..10", "step": 1, "unit": "slices"},
        "day": {"title": "Day", "options": ["now", "later"]},
    },
    "parties": {
        "ann": {
            "title": "Ann",
            "demands": {"share": 10},
            "values": {"day": {"now": 100, "later": 0}},
            "priorities": {"share": 50, "day": 50},
            "no_deal": 40,
        },
        "bob": {
            "title": "Bob",
            "demands": {"share": 0},
            "values": {"day": {"now": 60, "later": 100}},
            "priorities": {"share": 80, "day": 20},
            "no_deal": 40,
        },
    },
}


def _pie(**party: Any) -> Scenario:
    return scenario_of(PIE | {"parties": PIE["parties"] | {"ann": PIE["parties"]["ann"] | party}})


def test_a_deal_by_hand() -> None:
    # Ann has 4 of 10 slices and her worse day: 20 of 100 points, 20 short of 40, and gives up 50 and 30 points.
    # Bob has 6 slices at 8 points each and 20 for the day: 68, 28 above 40.
    ann, bob = analyse_deal(_pie(), {"share": 4, "day": "later"}, n_worlds=8).parties
    assert (ann.p_accept.estimate, ann.p_short.estimate, ann.p_line.estimate, ann.p_both.estimate) == (0, 1, 0, 0)
    assert ann.lacks is not None
    assert ann.lacks.median == pytest.approx(20, abs=2e-5)
    assert ann.gain.median == pytest.approx(-20, abs=2e-5)
    assert [(loss.issue, loss.points, loss.best) for loss in ann.losses] == [("day", 50, "now"), ("share", 30, "10")]
    assert bob.gain.median == pytest.approx(28, abs=2e-5)
    assert (bob.p_accept.estimate, bob.lacks) == (1, None)
    assert [(loss.issue, loss.points, loss.best) for loss in bob.losses] == [("share", 32, "0")]


def test_what_both_prefer_by_hand() -> None:
    # Now instead of later: Ann +50, Bob -8, which one slice (8 points) makes good: share 3 ties for Bob and share 2
    # gains 8. Ann pays 5 points a slice. So 3, 2, 1 and 0 with now; each changes two issues and is preferred in every
    # world, so declared order settles it.
    found = analyse_deal(_pie(), {"share": 4, "day": "later"}, n_worlds=8)
    assert found.n_preferred == 4
    assert [dict(deal.options)["share"] for deal in found.preferred] == ["0", "1", "2"]
    assert {dict(deal.options)["day"] for deal in found.preferred} == {"now"}
    assert {deal.n_changes for deal in found.preferred} == {2}
    assert found.preferred[2].gains[0].gain == Spread(40, 40, 40)
    assert found.preferred[2].gains[1].gain == Spread(8, 8, 8)
    assert found.best_other is None


def test_what_crosses_a_real_red_line_is_preferred_by_nobody() -> None:
    lines = {"red_lines": {"two": {"require": "share >= 2", "firmness": "hard"}}}
    found = analyse_deal(_pie(**lines), {"share": 4, "day": "later"}, n_worlds=8)
    assert [dict(deal.options)["share"] for deal in found.preferred] == ["2", "3"]


def test_a_red_line_is_in_the_way_alone_or_together_with_points() -> None:
    # Real in about half of the worlds; where it is a bluff, crossing costs 10 of the 30 points that 6 slices bring her.
    line = {"require": "day == now", "firmness": 0.5, "audience_cost": 10}
    ann, _ = analyse_deal(_pie(red_lines={"today": line}, no_deal=25), {"share": 6, "day": "later"}).parties
    assert 0.48 < ann.p_line.estimate < 0.52
    assert ann.p_short.estimate == 1 - ann.p_line.estimate
    assert ann.crossed[0].p_real == ann.p_line
    assert ann.crossed[0].cost == Spread(10, 10, 10)
    both, _ = analyse_deal(_pie(red_lines={"today": line}, no_deal=60), {"share": 6, "day": "later"}).parties
    assert (both.p_both, both.p_line.estimate) == (ann.p_line, 0)


def test_a_line_that_is_never_a_bluff_has_no_cost() -> None:
    line = {"require": "day == now", "firmness": "hard", "audience_cost": 10}
    ann, _ = analyse_deal(_pie(red_lines={"today": line}), {"share": 6, "day": "later"}, n_worlds=8).parties
    assert (ann.crossed[0].p_real.estimate, ann.crossed[0].cost) == (1, None)


def test_a_line_that_holds_is_not_crossed() -> None:
    ann, _ = analyse_deal(
        _pie(red_lines={"today": {"require": "day == now", "firmness": "hard"}}), {"share": 6, "day": "now"}, n_worlds=8
    ).parties
    assert ann.crossed == ()


def test_of_equally_good_levels_the_nearest_is_named() -> None:
    ann, _ = analyse_deal(_pie(demands={"share": {"at_most": 3}}), {"share": 5, "day": "now"}, n_worlds=8).parties
    assert [(loss.issue, loss.best) for loss in ann.losses] == [("share", "3")]


def test_an_option_that_is_best_in_half_of_the_worlds_only_is_not_named() -> None:
    # A Latin hypercube of a whole block has exactly half of its points on either side of the median.
    values = {"day": {"now": 50, "later": "0..100"}}
    ann, _ = analyse_deal(_pie(values=values), {"share": 10, "day": "now"}, n_worlds=BLOCK).parties
    assert [(loss.issue, loss.best) for loss in ann.losses] == [("day", None)]


def test_an_option_that_occurs_nowhere_is_not_the_best() -> None:
    document = PIE | {"rules": {"r": {"require": "day == later"}}}
    ann, _ = analyse_deal(scenario_of(document), {"share": 10, "day": "later"}, n_worlds=8).parties
    assert ann.losses == ()


def test_under_a_quorum_all_signatories_still_have_to_prefer() -> None:
    scenario = scenario_of(PIE | {"agreement": {"quorum": 1}})
    found = analyse_deal(scenario, {"share": 4, "day": "later"}, n_worlds=8)
    assert found.p_in_zone.estimate == 1
    assert found.n_preferred == 4


def test_a_deal_has_the_shares_that_the_zone_analysis_gives_it() -> None:
    scenario = _pie(no_deal="20..90", red_lines={"today": {"require": "day == now", "firmness": 0.7}})
    zone = analyse_zone(scenario, n_worlds=1000)
    for deal in zone.deals:
        found = analyse_deal(scenario, dict(deal.options), n_worlds=1000)
        assert found.p_in_zone == deal.p_in_zone
        assert tuple(view.p_accept for view in found.parties) == tuple(share.p_accept for share in deal.parties)
        assert found.asked == deal.asked


def test_the_first_worlds_choose_and_all_worlds_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deal_module, "PILOT_WORLDS", BLOCK)
    scenario = _pie(values={"day": {"now": "40..100", "later": 0}})
    few = analyse_deal(scenario, {"share": 10, "day": "now"}, n_worlds=BLOCK)
    many = analyse_deal(scenario, {"share": 10, "day": "now"}, n_worlds=1000)
    assert (many.n_chosen_on, many.n_preferred) == (BLOCK, few.n_preferred)
    assert [deal.options for deal in many.preferred] == [deal.options for deal in few.preferred]


def test_progress_counts_the_worlds_of_both_passes() -> None:
    told: list[tuple[int, int]] = []
    analyse_deal(
        _pie(),
        {"share": 4, "day": "now"},
        n_worlds=1300,
        on_progress=lambda done, planned: told.append((done, planned)),
    )
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (2324, 2324)


def test_the_number_of_jobs_changes_nothing() -> None:
    scenario = _pie(no_deal="20..90")
    one, two = (analyse_deal(scenario, {"share": 4, "day": "later"}, n_worlds=600, n_jobs=n) for n in (1, 2))
    assert one == two


@pytest.mark.parametrize(
    ("settings", "said"),
    [({"n_worlds": 0}, "number of worlds"), ({"seed": -1}, "seed"), ({"n_jobs": 0}, "number of jobs")],
)
def test_settings_that_make_no_sense_are_refused(settings: dict[str, int], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        analyse_deal(_pie(), {"share": 4, "day": "now"}, **settings)  # type: ignore[arg-type]


def test_rows_have_a_column_for_each_figure() -> None:
    ann, bob = analyse_deal(_pie(), {"share": 4, "day": "later"}, n_worlds=8).party_rows()
    assert (ann["party"], ann["asked"], ann["p_accept"], ann["p_short"]) == ("ann", True, 0, 1)
    assert ann["lacks"] == pytest.approx(20, abs=2e-5)
    assert bob["lacks"] is None
    assert list(ann) == list(bob)


def _alone(**values: dict[str, Any]) -> Scenario:
    """Ann alone, with issues of two options each, all of one weight."""
    issues = {name: {"title": name, "options": list(of)} for name, of in values.items()}
    ann = {"title": "Ann", "values": values, "no_deal": 0}
    return scenario_of({"negsim": 1, "id": "alone", "title": "Alone", "issues": issues, "parties": {"ann": ann}})


def test_fewer_changes_come_before_a_larger_share() -> None:
    # The first change is better in 4 of 5 worlds, the second in all; both together, with two changes, in all.
    scenario = _alone(first={"old": 50, "new": "40..90"}, second={"old": 0, "new": 100})
    found = analyse_deal(scenario, {"first": "old", "second": "old"}, n_worlds=BLOCK)
    assert [dict(deal.changes) for deal in found.preferred] == [
        {"second": "new"},
        {"first": "new"},
        {"first": "new", "second": "new"},
    ]


def test_a_deal_preferred_in_exactly_half_of_the_worlds_is_preferred_often_enough() -> None:
    # A Latin hypercube of a whole block has exactly half of its points above the median.
    found = analyse_deal(_alone(only={"old": 50, "new": "0..100"}), {"only": "old"}, n_worlds=BLOCK)
    assert (found.n_preferred, found.preferred[0].p_preferred.estimate, found.best_other) == (1, 0.5, None)


def test_of_others_preferred_as_often_the_one_with_fewer_changes_is_shown() -> None:
    # Ann does not mind the first issue, so changing it too makes a deal that is preferred just as often, declared first.
    scenario = _alone(first={"a": 50, "b": 50}, second={"old": 70, "new": "0..100"})
    found = analyse_deal(scenario, {"first": "b", "second": "old"}, n_worlds=BLOCK)
    assert found.best_other is not None
    assert dict(found.best_other.changes) == {"second": "new"}
