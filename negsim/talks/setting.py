"""All of a calendar that is the same in all worlds: the table, the plans, and what is thought of the deadline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from negsim.bargaining.table import Table, make_table, require_two
from negsim.errors import Path
from negsim.model.draws import Draws
from negsim.model.sampling import BLOCK
from negsim.records import dataclass
from negsim.scenario.talks import Extensible, Firm, Hazard
from negsim.scenario.types import Scenario
from negsim.talks.plan import Plan, find_what_if, plan_talks, talks_of
from negsim.talks.pressure import Prospects
from negsim.talks.quantities import Changing, Targets, targets_of
from negsim.zone.compiled import compile_scenario

__all__ = ["CHANCE", "MEAN", "Setting", "make_setting"]

CHANCE: Path = ("talks", "deadline", "extensible", "chance")
MEAN: Path = ("talks", "deadline", "hazard", "mean")

_MOST_DEALS = 512
"""Deals that can come up where outcomes are too many for all of them: fewer than without a calendar, for its length."""

_PILOTS = 48
"""Worlds with a zone that put deals forward."""


@dataclass(frozen=True, slots=True)
class Setting:
    """All of a calendar that is the same in all worlds.

    ``plans`` are the calendar as it stands, and under each what-if that was asked; ``prospects`` what is thought of the
    end of talks under each.
    """

    table: Table
    targets: Targets
    plans: tuple[Plan, ...]
    prospects: tuple[Prospects, ...]


def make_setting(scenario: Scenario, what_ifs: Sequence[str], seed: int, sampler: str) -> Setting:
    """Set the table and plan the calendar.

    Raises
    ------
    UsageError, ScenarioError
        If there is no calendar, no what-if of a name, nobody to bargain with, or no outcome.
    """
    talks = talks_of(scenario)
    require_two(scenario)
    asked = [find_what_if(talks, name) for name in what_ifs]
    plans = tuple(plan_talks(scenario, one) for one in (None, *asked))
    compiled = compile_scenario(scenario, seed, sampler)
    table = make_table(compiled, most_deals=_MOST_DEALS, pilots=_PILOTS)
    targets, pilot = targets_of(scenario), compiled.draws(0, BLOCK)
    return Setting(table, targets, plans, tuple(_prospects(plan, pilot, targets) for plan in plans))


def _prospects(plan: Plan, pilot: Draws, targets: Targets) -> Prospects:
    deadline = plan.talks.deadline
    if deadline is None:
        return Prospects((plan.last,))
    if isinstance(deadline, Firm):
        return Prospects((plan.day_of(deadline.date, plan.last),))
    changing = Changing(pilot, targets, plan.effects)
    if plan.what_if is not None:
        root: Path = ("talks", "what_if", plan.what_if.id)
        changing.strike(root, plan.what_if.effects, 0, np.ones(pilot.n_worlds, np.intp))
    if isinstance(deadline, Hazard):
        mean = float(np.mean(changing.value(MEAN, 0)))
        return Prospects((plan.last,), mean=mean, begins=plan.day_of(deadline.start, 0))
    p_put_off = float(np.mean(changing.value(CHANCE, 0)))
    return replace(Prospects(_ends(plan, deadline)), p_put_off=p_put_off)


def _ends(plan: Plan, deadline: Extensible) -> tuple[int, ...]:
    """List the days on which talks end unless the deadline is put off, the horizon at last."""
    first = plan.day_of(deadline.date, plan.last)
    ends = [first + deadline.by * k for k in range(deadline.times + 1)]
    return tuple(dict.fromkeys(min(end, plan.last) for end in ends))
