"""How much of the time is gone, under each kind of deadline."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsim.talks.pressure import Prospects, times_of_session

calendars = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 7)), min_size=1, max_size=8).map(
    lambda gaps: [(sum(gap for gap, _ in gaps[: k + 1]), rounds) for k, (_, rounds) in enumerate(gaps)]
)


@given(calendars, st.data())
def test_up_to_a_firm_deadline_time_runs_as_it_does_without_a_calendar(rounds, data):
    n_rounds = sum(n for _, n in rounds)
    meeting = data.draw(st.integers(0, len(rounds) - 1))
    times, goes_on = times_of_session(Prospects((rounds[-1][0],)), rounds, meeting)
    assert not goes_on
    assert times == pytest.approx([(held + 1) / (n_rounds + 1) for held in range(n_rounds)])


@given(calendars, st.floats(0.05, 0.95))
def test_nobody_gives_all_before_a_deadline_that_may_be_put_off(rounds, chance):
    end = rounds[-1][0]
    later = [*rounds, (end + 10, 5)]
    place = len(rounds) - 1
    n_rounds = sum(n for _, n in rounds)
    if not rounds[-1][1]:
        return
    firm, over = times_of_session(Prospects((end,)), later, place)
    open_, goes_on = times_of_session(Prospects((end, end + 10), chance), later, place)
    last = n_rounds - 1
    # Of 5 rounds after the deadline a share of `chance` is expected, so this is how time stands in the last one before.
    assert open_[last] == pytest.approx(n_rounds / (n_rounds + 1 + 5 * chance))
    assert open_[last] < firm[last]
    assert (over, goes_on) == (False, True)


def test_under_a_hazard_what_is_to_come_counts_by_the_chance_that_talks_last_until_then():
    rounds, mean = [(0, 2), (30, 3), (60, 4)], 45.0
    times, _ = times_of_session(Prospects((100,), mean=mean), rounds, 0)
    to_come = 3 * math.exp(-30 / mean) + 4 * math.exp(-60 / mean)
    assert times == pytest.approx([1 / (2 + 1 + to_come), 2 / (3 + 0 + to_come)])


def test_a_hazard_that_begins_later_leaves_what_comes_before_it_certain():
    prospects = Prospects((100,), mean=10.0, begins=50)
    assert prospects.p_on(50, 0) == 1.0
    assert prospects.p_on(60, 0) == pytest.approx(math.exp(-1.0))
    assert prospects.p_on(60, 55) == pytest.approx(math.exp(-0.5))


def test_a_deadline_is_passed_only_by_a_later_day():
    prospects = Prospects((10, 20, 30), 0.5)
    assert [prospects.p_on(day, 0) for day in (10, 11, 20, 21, 30, 31)] == [1.0, 0.5, 0.5, 0.25, 0.25, 0.0]
    # Who sits there on the second end has seen the first put off.
    assert [prospects.p_on(day, 20) for day in (20, 21, 31)] == [1.0, 0.5, 0.0]
