"""The calendar of talks over many worlds: how likely agreement is by when, why there is none, what would change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from negsim.bargaining.table import can_bargain
from negsim.model.sampling import BLOCK
from negsim.scenario.types import Scenario
from negsim.talks.calendar import run_calendar
from negsim.talks.course import begin_course
from negsim.talks.found import Found, found_of
from negsim.talks.result import TalksResult
from negsim.talks.setting import Setting, make_setting
from negsim.talks.summary import summarise
from negsim.zone.analysis import check_request
from negsim.zone.counting import Run, blocks_between, joined
from negsim.zone.workers import Workers, get_ready

__all__ = ["DEFAULT_WORLDS", "can_hold_talks", "hold_talks"]

DEFAULT_WORLDS = 4096

_GROUP = 4
"""Blocks that go through the calendar together at most, to have fewer calls."""

OnProgress = Callable[[int, int], None]


def can_hold_talks(scenario: Scenario) -> bool:
    """Tell whether a scenario has a calendar, and two parties or more that have to sign."""
    return scenario.talks is not None and can_bargain(scenario)


def hold_talks(
    scenario: Scenario,
    *,
    n_worlds: int = DEFAULT_WORLDS,
    seed: int = 0,
    sampler: str = "lhs",
    n_jobs: int = 1,
    what_if: Sequence[str] = (),
    on_progress: OnProgress | None = None,
) -> TalksResult:
    """Let a scenario's calendar of talks take its course in many worlds, conditioned on what was seen of it.

    Parameters
    ----------
    scenario : Scenario
        With a block ``talks``.
    n_worlds, seed, sampler, n_jobs, on_progress
        As for `negsim.zone.analyse_zone`, with which the worlds are common.
    what_if : str or sequence of str
        Names of what-ifs of the scenario, each tried in the same worlds.

    Returns
    -------
    TalksResult

    Raises
    ------
    UsageError, ScenarioError
        If an argument makes no sense; if there is no calendar, or nobody to bargain with; if there is no outcome; if no
        world fits what was seen.
    """
    check_request(n_worlds, None, seed, n_jobs)
    names = (what_if,) if isinstance(what_if, str) else tuple(what_if)
    blocks = blocks_between(0, n_worlds)
    together = BLOCK * max(1, min(_GROUP, len(blocks) // n_jobs))
    groups = [(first, min(together, n_worlds - first)) for first in range(0, n_worlds, together)]
    get_ready(__name__, min(n_jobs, len(groups)))
    setting = make_setting(scenario, names, seed, sampler)
    runs: list[tuple[Found, ...]] = []
    done = 0
    with Workers(setting, n_jobs, at_once=True) as workers:
        for run in workers.map(talk_in_groups, groups):
            runs.append(run)
            done += len(run[0].stop)
            if on_progress is not None:
                on_progress(done, n_worlds)
    found = tuple(joined([run[k] for run in runs]) for k in range(len(setting.plans)))
    return summarise(setting, found, np.array([n for _, n in blocks], np.int64))


def talk_in_groups(setting: Setting, groups: Run) -> tuple[Found, ...]:
    """Do as `talk_in_blocks` in groups of blocks, given by the first world of each and how many there are."""
    runs = [talk_in_blocks(setting, _blocks_of(*group)) for group in groups]
    return tuple(joined([run[k] for run in runs]) for k in range(len(setting.plans)))


def _blocks_of(first: int, n_worlds: int) -> Run:
    return blocks_between(first, first + n_worlds)


def talk_in_blocks(setting: Setting, run: Run) -> tuple[Found, ...]:
    """Let the calendar take its course in the worlds of some blocks, as it stands and under each what-if."""
    return tuple(_talk(setting, place, run) for place in range(len(setting.plans)))


def _talk(setting: Setting, place: int, run: Run) -> Found:
    course = begin_course(setting, place, run)
    run_calendar(course)
    return found_of(course)
