"""The order of things within a day, and from one day to the next."""

from __future__ import annotations

import numpy as np
import pytest

from negsim.bargaining.stops import Stop
from negsim.scenario import Scenario
from negsim.talks import hold_talks
from tests.strategies import Document, scenario_of
from tests.talks.small import calendar, day, found_in, one_deal

ANN = "parties.ann.no_deal"


def relief(when: Document, **effect: object) -> Document:
    """Something that makes no deal worse for Ann, who otherwise has more without one."""
    return when | {"effects": {"worse": {"path": ANN, "set": 40} | effect}}


def first_zone(events: Document, last: int = 20) -> int:
    """The first day with a zone, -1 if none, where Ann has more without a deal until something happens."""
    talks = calendar(last, {"daily": {"every": 1}}, events=events)
    found = found_in(one_deal(talks, ann={"no_deal": 80}), 4)
    assert np.all(found.ended == found.ended[0])
    return int(found.ended[0]) if found.stop[0] == Stop.AGREED else -1


def test_an_event_is_felt_at_a_session_of_its_day_and_not_before() -> None:
    assert first_zone({}) == -1
    assert first_zone({"thaw": relief({"date": day(7)})}) == 7
    assert first_zone({"thaw": relief({"date": day(8)})}) == 8


@pytest.mark.parametrize(("early", "late", "zone"), [("a", "b", -1), ("b", "a", 7)])
def test_of_two_events_of_a_day_the_one_with_the_later_id_has_the_last_word(early: str, late: str, zone: int) -> None:
    events = {early: relief({"date": day(7)}), late: relief({"date": day(7)}, set=90)}
    # Declared in either order: ids count.
    for order in (events, dict(reversed(events.items()))):
        assert first_zone(order) == zone


def test_what_lasts_some_days_is_felt_on_so_many() -> None:
    for lasts, n_days in ((1, 1), (3, 3), (2.5, 3), (0.4, 0)):
        events = {"thaw": relief({"date": day(7)}, lasts=lasts)}
        talks = calendar(20, {"daily": {"every": 1, "agenda": ["deal"]}}, events=events)
        zone = found_in(one_deal(talks, ann={"no_deal": 80}), 2).zone
        assert np.flatnonzero(zone[0]).tolist() == list(range(7, 7 + n_days))


@pytest.mark.parametrize(("delay", "zone"), [(None, 7), (0, 7), (0.4, 7), (0.5, 8), (1, 8), (2.5, 10), (2.6, 10)])
def test_what_follows_another_comes_so_many_days_later_and_on_its_day_without_a_delay(
    delay: float | None, zone: int
) -> None:
    event: Document = {"after": "bell"} if delay is None else {"after": "bell", "delay": delay}
    # Before the bell in the order of ids, and after it: whichever, it is felt at the session of the day.
    for name in ("after", "zany"):
        assert first_zone({"bell": {"date": day(7)}, name: relief(event)}) == zone


def test_what_follows_a_session_is_felt_at_the_next_one_even_of_the_same_day() -> None:
    event = relief({"after": "morning"})
    for order, agreed_at in ((("morning", "evening"), 1), (("evening", "morning"), -1)):
        sessions = {name: {"date": day(5)} for name in order}
        found = found_in(one_deal(calendar(5, sessions, events={"thaw": event}), ann={"no_deal": 80}), 2)
        assert found.agreed_at.tolist() == [agreed_at] * 2


def test_what_follows_a_session_that_ended_talks_does_not_come() -> None:
    talks = calendar(9, {"one": {"date": day(5)}}, events={"party": {"after": "one"}})
    assert not np.any(found_in(one_deal(talks), 2).struck)
    assert np.all(found_in(one_deal(talks, ann={"no_deal": 80}), 2).struck == 1)


@pytest.mark.parametrize(
    "deadline", [None, {"firm": {"date": day(7)}}, {"extensible": {"date": day(7), "chance": 0, "by": 3}}]
)
def test_a_session_on_the_day_of_the_deadline_is_held_and_none_after_it(deadline: Document | None) -> None:
    more = {} if deadline is None else {"deadline": deadline}
    sessions = {
        "early": {"date": day(6)},
        "on_it": {"date": day(7)},
        **({"late": {"date": day(8)}} if deadline else {}),
    }
    talks = calendar(8 if deadline else 7, sessions, **more)
    found = found_in(one_deal(talks, ann={"no_deal": 80}), 4)
    assert found.held.tolist() == [[True, True, *([False] if deadline else [])]] * 4
    assert found.ended.tolist() == [7] * 4


def test_a_hazard_ends_no_talks_before_its_first_day_and_lets_a_session_of_its_day_be_held() -> None:
    talks = calendar(60, {"daily": {"every": 1}}, deadline={"hazard": {"mean": 3, "from": day(10)}})
    found = found_in(one_deal(talks, ann={"no_deal": 80}), 512)
    assert np.min(found.ended) == 10
    assert np.array_equal(np.count_nonzero(found.held, axis=1), found.ended + 1)


def test_a_partial_agreement_is_felt_at_a_later_session_of_its_day() -> None:
    effect = {"worse": {"path": ANN, "set": 40}}
    partial = {
        "first_step": {"issue": "extra", "to": "new", "instead_of": "old", "sessions": ["one"], "effects": effect}
    }
    sessions = {"one": {"date": day(5)}, "two": {"date": day(5)}, "three": {"date": day(6)}}
    issues = {"deal": {"title": "Deal", "options": ["it"]}, "extra": {"title": "Extra", "options": ["old", "new"]}}
    found = found_in(
        one_deal(
            calendar(9, sessions, partial_agreements=partial),
            ann={"no_deal": 80, "values": {"deal": {"it": 60}, "extra": {"old": 50, "new": 50}}},
            bob={"values": {"deal": {"it": 60}, "extra": {"old": 50, "new": 50}}},
            issues=issues,
        ),
        2,
    )
    assert found.concluded.tolist() == [[5], [5]]
    assert found.agreed_at.tolist() == [1, 1]


WHAT_IF: Document = {
    "better": {"effects": {"worse": {"path": ANN, "set": 40}}},
    "firmer": {"effects": {"no_more": {"path": "talks.deadline.extensible.chance", "set": 0}}},
    "nothing": {"effects": {"same": {"path": ANN, "multiply": 1}}},
}


def uncertain(now: int = 15) -> Document:
    """A calendar of much that is drawn, a part of it seen."""
    return calendar(
        60,
        {"once": {"date": day(5)}, "series": {"every": 4, "from": day(8), "mismatch": 0.3}},
        now=day(now),
        deadline={"extensible": {"date": day(40), "chance": "0.2..0.6", "by": 10, "times": 2}},
        events={"raid": {"rate": 0.2, "effects": {"hurt": {"path": ANN, "add": "-8..-2", "fades": 20}}}},
        observed={
            "failed": {"session": "once"},
            "raids": {"event": "raid", "count": 3, "from": day(0), "until": day(12)},
        },
        what_if=WHAT_IF,
    )


def pie(talks: Document) -> Scenario:
    """Ten pieces to share, of which Ann says that she must have half, and of whom each gives way at a pace of its own."""

    def party(**more: object) -> Document:
        return {"title": "A", "priorities": {"pie": 1}} | more

    return scenario_of(
        {
            "negsim": 1,
            "id": "pie",
            "title": "Pie",
            "issues": {"pie": {"title": "Ann's share", "scale": "0..10", "step": 1}},
            "parties": {
                "ann": party(
                    values={"pie": {0: 0, 10: 100}},
                    no_deal="20..60",
                    tactic={"time": {"exponent": "0.3..2"}},
                    good_faith=0.9,
                    red_lines={"half": {"require": "pie >= 5", "firmness": 0.6}},
                ),
                "bob": party(
                    values={"pie": {0: 100, 10: 0}}, no_deal="35..55", tactic={"time": {"exponent": "0.1..1.5"}}
                ),
            },
            "protocol": {"rounds": 2},
            "talks": talks,
        }
    )


def test_53_a_what_if_changes_nothing_up_to_now() -> None:
    scenario = pie(uncertain())
    base = found_in(scenario)
    past = [k for k, number in enumerate([5, *range(8, 61, 4)]) if number <= 15]
    changed = set()
    for name in WHAT_IF:
        other = found_in(scenario, what_if=name)
        assert np.array_equal(other.seen, base.seen)
        assert np.array_equal(other.drawn, base.drawn)
        for field in ("held", "went_on", "mismatch", "zone", "serious", "believed"):
            assert np.array_equal(getattr(other, field)[:, past], getattr(base, field)[:, past]), (name, field)
        early = (base.ended <= 15) & (base.agreed_at >= 0)
        assert np.any(early)
        assert np.array_equal(other.ended[early], base.ended[early])
        assert np.array_equal(other.choice[early], base.choice[early])
        assert np.array_equal((other.ended <= 15) & (other.agreed_at >= 0), early)
        changed |= {name} if not np.array_equal(other.stop, base.stop) else set()
    # The control: it does change what comes after, unless it changes nothing.
    assert changed == {"better", "firmer"}


def test_what_if_begins_on_the_day_after_now() -> None:
    for now, agreed in ((6, 7), (7, 8)):
        talks = calendar(12, {"daily": {"every": 1}}, now=day(now), what_if=WHAT_IF | {"firmer": WHAT_IF["nothing"]})
        scenario = one_deal(talks, ann={"no_deal": 80})
        assert found_in(scenario, 2, what_if="better").ended.tolist() == [agreed] * 2
        result = hold_talks(scenario, n_worlds=2, what_if=("nothing", "better"))
        assert [one.p_agreement.estimate for one in result.what_ifs] == [0, 1]
        assert [one.change.estimate for one in result.what_ifs] == [0, 1]
