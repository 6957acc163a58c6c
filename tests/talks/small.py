"""Small calendars as documents, and what becomes of each of their worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from hypothesis import reject

from negsim.errors import ScenarioError
from negsim.scenario import Scenario
from negsim.talks.analysis import talk_in_blocks
from negsim.talks.calendar import run_calendar
from negsim.talks.course import Course, begin_course
from negsim.talks.found import Found
from negsim.talks.setting import make_setting
from negsim.zone.counting import blocks_between
from tests.strategies import Document, scenario_of

START = dt.date(2026, 1, 1)


def day(number: int) -> str:
    """Write the date of a day, from 0."""
    return (START + dt.timedelta(days=number)).isoformat()


def calendar(last: int, sessions: Document, **more: Any) -> Document:
    """A calendar from day 0 to a last one."""
    return {"start": day(0), "horizon": day(last), "sessions": sessions, **more}


def one_deal(
    talks: Document, *, ann: Document | None = None, bob: Document | None = None, worth: Any = 60, **more: Any
) -> Scenario:
    """Two parties and one deal, worth 60 to both and no deal 40: they agree as soon as there is a zone."""
    values: Document = {"title": "A", "values": {"deal": {"it": worth}}, "no_deal": 40}
    return scenario_of(
        {
            "negsim": 1,
            "id": "one-deal",
            "title": "One deal",
            "issues": {"deal": {"title": "Deal", "options": ["it"]}},
            "parties": {"ann": values | (ann or {}), "bob": values | (bob or {})},
            "talks": talks,
            **more,
        }
    )


def as_could_be(build: Callable[[], Scenario]) -> Scenario:
    """Build a scenario, unless what was seen in it could not have been."""
    try:
        return build()
    except ScenarioError as error:
        if {problem.code for problem in error.problems} == {"NS448"}:
            reject()
        raise


def found_in(
    scenario: Scenario, n_worlds: int = 256, *, what_if: str = "", seed: int = 0, sampler: str = "lhs"
) -> Found:
    """What is found in each world, as the calendar stands or under a what-if."""
    setting = make_setting(scenario, (what_if,) if what_if else (), seed, sampler)
    return talk_in_blocks(setting, blocks_between(0, n_worlds))[-1]


def course_of(scenario: Scenario, n_worlds: int = 256, seed: int = 0) -> Course:
    """The worlds of one block after the calendar has run."""
    course = begin_course(make_setting(scenario, (), seed, "lhs"), 0, [(0, n_worlds)])
    run_calendar(course)
    return course
