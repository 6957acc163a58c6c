"""Partial agreements: where they are concluded, and what they leave to be agreed upon."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario
from negsim.talks import hold_talks
from negsim.talks.found import watched_paths
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, day, found_in

PARTIAL: Document = {"issue": "prisoners", "to": "freed", "instead_of": "held"}
SESSIONS: Document = {
    "early": {"date": day(3), "agenda": ["prisoners"]},
    "late": {"date": day(5), "agenda": ["prisoners"]},
    "end": {"date": day(9)},
}


def town(
    partials: Document | None,
    *,
    ann: tuple[Any, Any] = (20, 80),
    bob: tuple[Any, Any] = (30, 50),
    no_deal: Document | None = None,
    sessions: Document | None = None,
    good_faith: object = 1,
    **more: object,
) -> Scenario:
    """A town, and prisoners that are held or freed, with what that is worth to each; both weigh the same.

    Bob takes whatever is no worse than no deal.
    """
    none = no_deal or {"ann": 60, "bob": 60}
    parties = {
        name: {
            "title": name.title(),
            "priorities": {"town": 1, "prisoners": 1},
            "values": {"town": town, "prisoners": {"held": prisoners[0], "freed": prisoners[1]}},
            "no_deal": none[name],
            "good_faith": good_faith if name == "ann" else 1,
            "tactic": {"holdout": {"level": 1 if name == "ann" else 0}},
        }
        for name, town, prisoners in (
            ("ann", {"ours": 90, "theirs": 60}, ann),
            ("bob", {"ours": 70, "theirs": 90}, bob),
        )
    }
    return scenario_of(
        {
            "negsim": 1,
            "id": "town",
            "title": "Town",
            "issues": {
                "town": {"title": "Town", "options": ["ours", "theirs"]},
                "prisoners": {"title": "Prisoners", "options": ["held", "freed"]},
            },
            "parties": parties,
            "protocol": {"rounds": 4},
            "talks": calendar(
                9, sessions or SESSIONS, **({"partial_agreements": partials} if partials else {}), **more
            ),
        }
    )


@pytest.mark.parametrize(
    ("ann", "bob", "in_return", "concluded"),
    [
        ((20, 80), (30, 50), {}, True),  # 30 and 10 points, as each issue weighs a half
        ((20, 80), (50, 50), {}, True),  # nothing lost is enough
        ((20, 80), (50, 49), {}, False),
        ((20, 80), (30, 50), {"bob": 10}, True),
        ((20, 80), (30, 50), {"bob": 10.5}, False),
        ((20, 80), (30, 50), {"bob": 10, "ann": 30.5}, False),
    ],
)
def test_an_issue_is_settled_where_each_gains_what_it_wants_in_return(
    ann: tuple[int, int], bob: tuple[int, int], in_return: Document, concluded: bool
) -> None:
    found = found_in(town({"exchange": PARTIAL | {"in_return": in_return}}, ann=ann, bob=bob), 8)
    assert found.concluded.tolist() == [[3 if concluded else -1]] * 8


def test_in_each_world_it_is_by_what_is_wanted_and_worth_there() -> None:
    scenario = town({"exchange": PARTIAL | {"in_return": {"bob": "0..10"}}}, bob=(30, "20..60"))
    found = found_in(scenario, 512)
    paths = [".".join(path) for path in watched_paths(scenario)]
    wanted = found.drawn[:, next(k for k, path in enumerate(paths) if "in_return" in path)].astype(np.float64)
    freed = found.drawn[:, next(k for k, path in enumerate(paths) if "freed" in path)].astype(np.float64)
    gains = (freed - 30) / 2
    clear = np.abs(gains - wanted) > 1e-3
    assert np.array_equal(found.concluded[clear, 0] == 3, (gains >= wanted)[clear])
    assert 0.05 < np.mean(found.concluded[:, 0] == 3) < 0.6


def test_it_is_concluded_where_it_may_be_and_with_its_chance_each_time() -> None:
    n, p = 4096, 0.3
    found = found_in(town({"exchange": PARTIAL | {"chance": p}}, no_deal={"ann": 100, "bob": 100}), n)
    for when, exact in ((3, p), (5, p * (1 - p)), (9, p * (1 - p) ** 2), (-1, (1 - p) ** 3)):
        seen = np.mean(found.concluded[:, 0] == when)
        assert abs(seen - exact) < 4 * np.sqrt(exact * (1 - exact) / n)
    for named in (["late"], ["late", "early"]):
        found = found_in(town({"exchange": PARTIAL | {"sessions": named}}), 4)
        assert found.concluded.tolist() == [[5 if named == ["late"] else 3]] * 4
    talks_of_town = {"early": {"date": day(3), "agenda": ["town"]}, "end": {"date": day(9)}}
    found = found_in(town({"exchange": PARTIAL}, sessions=talks_of_town, no_deal={"ann": 100, "bob": 60}), 4)
    assert found.concluded.tolist() == [[9]] * 4


def test_where_a_settlement_is_reached_nothing_is_left_to_be_settled_in_part() -> None:
    found = found_in(town({"exchange": PARTIAL}, sessions={"end": {"date": day(9)}}), 4)
    assert np.all(found.stop == Stop.AGREED)
    assert found.concluded.tolist() == [[-1]] * 4


def test_afterwards_the_issue_is_worth_the_same_whatever_a_deal_says_of_it() -> None:
    # Without it: ours and freed is worth (90 + 80) / 2 = 85 and (70 + 50) / 2 = 60, and nothing is better for Ann.
    for ann, bob in ((84.5, 59.5), (55, 70), (85.5, 59.5), (84.5, 60.5), (70, 70.5)):
        no_deal = {"ann": ann, "bob": bob}
        settled = found_in(town({"exchange": PARTIAL}, no_deal=no_deal), 2)
        # The same scenario, written so that held is worth what freed is.
        edited = found_in(town(None, ann=(80, 80), bob=(50, 50), no_deal=no_deal), 2)
        assert settled.zone[:, 1:].tolist() == edited.zone[:, 1:].tolist()
        assert settled.stop.tolist() == edited.stop.tolist()
        assert settled.gain == pytest.approx(edited.gain, nan_ok=True)
        exists = any(a >= ann and b >= bob for a, b in ((85, 60), (70, 70)))
        assert settled.zone[:, 1:].tolist() == [[exists, exists]] * 2


def test_agreements_name_the_option_that_was_settled() -> None:
    result = hold_talks(town({"exchange": PARTIAL}), n_worlds=64)
    assert result.p_agreement.estimate == 1
    reached = {(one.issue, one.option): one.p_reached.estimate for one in result.options}
    assert reached["prisoners", "freed"] == 1
    assert reached["prisoners", "held"] == 0
    assert [(one.id, one.p_concluded.estimate) for one in result.partials] == [("exchange", 1.0)]


def test_what_is_settled_is_settled_even_at_the_same_session() -> None:
    both = {
        "a_exchange": PARTIAL | {"sessions": ["early"]},
        "b_return": PARTIAL | {"to": "held", "instead_of": "freed"},
        "c_again": PARTIAL,
    }
    result = hold_talks(town(both), n_worlds=64)
    assert [one.p_concluded.estimate for one in result.partials] == [1, 0, 0]
    assert {one.option for one in result.options if one.issue == "prisoners" and one.p_reached.estimate > 0} == {
        "freed"
    }


def test_what_a_partial_agreement_brings_comes_with_it_and_what_follows_it_later() -> None:
    partial = PARTIAL | {"effects": {"warmth": {"path": "parties.ann.no_deal", "add": -50}}}
    events = {"party": {"after": "exchange", "delay": 2}, "thanks": {}}
    answers = {"gift": {"after": "exchange", "brings": "thanks", "chance": 0.5, "delay": 1}}
    no_deal = {"ann": 100, "bob": 40}
    found = found_in(town({"exchange": partial}, no_deal=no_deal, events=events, reciprocity=answers), 64)
    assert found.zone.tolist() == [[False, True, True]] * 64
    assert found.struck[:, 0].tolist() == [1] * 64
    assert np.count_nonzero(found.struck[:, 1]) == pytest.approx(32, abs=8)
    # The control: without it there is nothing of all this.
    found = found_in(
        town({"exchange": partial | {"chance": 0}}, no_deal=no_deal, events=events, reciprocity=answers), 64
    )
    assert not np.any(found.zone)
    assert not np.any(found.struck)


def test_who_is_not_serious_concludes_with_a_chance_of_its_own() -> None:
    partial = PARTIAL | {"unless_serious": {"ann": 0}, "sessions": ["early"]}
    found = found_in(town({"exchange": partial}, good_faith=0.5), 64)
    assert np.array_equal(found.concluded[:, 0] == 3, found.serious[:, 0, 0])
    assert np.any(found.concluded[:, 0] == -1)
