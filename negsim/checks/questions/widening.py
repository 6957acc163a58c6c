"""Whether more uncertainty in a no-deal value makes a zone more likely.

That wide ranges are the careful choice, and lower P(zone), is no law. It depends on which side of the middle the deal
lies: where most of the range is above what deals are worth, a wider one reaches further below; where most is below,
further above. Move the middle of a range too.

All that is uncertain in the no-deal value of one party is spread twice as far around its median, within what it can
mean, in the same worlds; probabilities of a lottery are left alone, since they have to add up. The answer is yes if so
many more worlds get a zone than lose theirs that chance would do it once in a thousand times (the sign test).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb

import numpy as np

from negsim.checks.questions.answer import Answer, Verdict, not_applying
from negsim.checks.questions.asking import Asking
from negsim.errors import Path, format_path
from negsim.model.draws import with_quantities
from negsim.model.points import Factor, factors_of
from negsim.scenario.inventory import list_quantities
from negsim.scenario.types import Party
from negsim.zone.existence import zone_exists

__all__ = ["ID", "ask"]

ID = "widening"

_STRETCH = 2.0
_CHANCE = 1e-3


def ask(asking: Asking) -> Iterator[Answer]:
    """Ask of each party that is uncertain about its no-deal value."""
    scenario = asking.compiled.scenario
    factors = factors_of(scenario)
    found = False
    for actor in scenario.actors:
        root = (*actor.path, "no_deal")
        mine = [one for one in factors if one.path[: len(root)] == root and one.path[-1] != "probability"]
        if mine:
            found = True
            yield _answer(asking, actor, mine)
    if not found:
        yield not_applying(ID, "no_deal", "no no-deal value is uncertain")


def _answer(asking: Asking, actor: Party, factors: list[Factor]) -> Answer:
    scenario = asking.compiled.scenario
    domains = {one.path: one.domain for one in list_quantities(scenario)}
    wider: dict[Path, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    for one in factors:
        drawn, domain = asking.draws.quantity[one.path], domains[one.path]
        wider[one.path] = np.clip(one.centre + _STRETCH * (drawn - one.centre), domain.low, domain.high)
    before = zone_exists(asking.compiled, asking.worlds)
    draws = with_quantities(scenario, asking.draws, wider)
    after = zone_exists(asking.compiled, asking.worlds_of(draws))
    gained, lost = np.flatnonzero(after & ~before), np.flatnonzero(before & ~after)
    verdict = Verdict.YES if _beyond_chance(len(gained), len(lost)) else Verdict.NONE
    detail = (
        f"P(zone) goes from {np.mean(before):.3f} to {np.mean(after):.3f} of {asking.n_worlds:,} worlds:"
        f" {len(gained):,} get one, {len(lost):,} lose theirs"
    )
    example = ""
    if verdict is Verdict.YES:
        world, one = int(gained[0]), factors[0]
        was, now = asking.draws.quantity[one.path][world], wider[one.path][world]
        example = f"{asking.name_world(world)}: no zone with {format_path(one.path)} at {was:.4g}, one with {now:.4g}"
    subject = format_path((*actor.path, "no_deal"))
    return Answer(ID, subject, verdict, asking.n_worlds, len(gained), example, detail)


def _beyond_chance(n_gained: int, n_lost: int) -> bool:
    """Tell whether of as many changes so many for one side are too many for a fair coin."""
    n = n_gained + n_lost
    return n > 0 and sum(comb(n, k) for k in range(n_gained, n + 1)) < _CHANCE * 2**n
