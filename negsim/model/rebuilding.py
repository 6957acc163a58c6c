"""Worlds after something changed in their draws, without working out again what the change leaves as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path
from negsim.model.assumptions import AS_STATED
from negsim.model.bases import Asked, at_home, said_by
from negsim.model.draws import Draws
from negsim.model.durability import Risk, hazards_of, risk_of
from negsim.model.no_deal import WithoutDeal, without_deal
from negsim.model.structure import Structure
from negsim.model.worlds import Worlds, values_of
from negsim.records import dataclass
from negsim.scenario.types import Party, Scenario

__all__ = ["rebuild_worlds", "settled_path", "take_in_earnest", "touched_between"]

T = TypeVar("T")


def settled_path(issue: str) -> Path:
    """Name what `touched_between` finds where an issue was settled."""
    return ("issues", issue)


def touched_between(before: Draws, after: Draws) -> frozenset[Path]:
    """List what differs between two draws of the same worlds: quantities, coins, and issues settled.

    Quantities that hold the very same array are not looked at.

    Parameters
    ----------
    before, after : Draws
        Of the same scenario and worlds.

    Returns
    -------
    frozenset of Path
        Of quantities, followers of others included; of the coins of red lines; `settled_path` of issues.
    """
    quantities = {path for path, values in after.quantity.items() if not _alike(values, before.quantity[path])}
    coins = {path for path, uniform in after.coin.items() if not _alike(uniform, before.coin[path])}
    nowhere = np.full(after.n_worlds, -1, np.intp)
    settled = {
        settled_path(issue)
        for issue in before.settled.keys() | after.settled.keys()
        if not np.array_equal(before.settled.get(issue, nowhere), after.settled.get(issue, nowhere))
    }
    return frozenset(quantities | coins | settled)


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return one is other or np.array_equal(one, other)


def rebuild_worlds(
    scenario: Scenario, structure: Structure, draws: Draws, like: Worlds, touched: Collection[Path]
) -> Worlds:
    """Give what `build_worlds` makes of some draws, to the last bit, from worlds of draws that differ a little.

    Parameters
    ----------
    scenario : Scenario
    structure : Structure
    draws : Draws
    like : Worlds
        As `build_worlds` makes them of the same worlds under the assumptions of every analysis.
    touched : collection of Path
        All that may differ between the draws of ``like`` and these: `touched_between`. More than that does no harm.

    Returns
    -------
    Worlds
        Sharing with ``like`` what nothing touched.
    """
    actors = scenario.actors
    stale = [_stale(actor, touched) for actor in actors]
    worth = _renew(
        tuple(zip(like.free_value, like.cell_value, strict=True)),
        [one.values for one in stale],
        lambda k: values_of(actors[k], scenario, structure, draws),
    )
    said = _renew(
        tuple(asked.said for asked in like.asked),
        [one.said for one in stale],
        lambda k: said_by(actors[k], scenario, draws, AS_STATED),
    )
    held = [without_deal(actor, scenario, draws) if stale[k].no_deal else None for k, actor in enumerate(actors)]
    risk = _risks(scenario, structure, draws, like, stale, held)
    no_deal = tuple(like.no_deal[k] if one is None else one.least for k, one in enumerate(held))
    lines_moved = {actor.ratifies for actor, one in zip(actors, stale, strict=True) if one.said}
    asked = _renew(
        like.asked,
        [one.no_deal or one.said or actor.id in lines_moved for actor, one in zip(actors, stale, strict=True)],
        lambda k: Asked(
            structure.parties[k], no_deal[k], said[k], risk[k] if risk else None, at_home(structure.parties[k], said)
        ),
    )
    return replace(
        like,
        free_value=tuple(free for free, _ in worth),
        cell_value=tuple(cell for _, cell in worth),
        asked=asked,
        no_deal=no_deal,
        inside=tuple(like.inside[k] if one is None else one.inside for k, one in enumerate(held)),
    )


def take_in_earnest(scenario: Scenario, worlds: Worlds, serious: Mapping[str, NDArray[np.bool_]]) -> Worlds:
    """Let parties accept nothing where they do not negotiate seriously.

    Parameters
    ----------
    scenario : Scenario
    worlds : Worlds
        As `build_worlds` makes them under the assumptions of every analysis.
    serious : mapping of str to bool array (world,)
        Where each party negotiates seriously, in these worlds; who is not named always does.

    Returns
    -------
    Worlds
        To the last bit what `build_worlds` gives where good faith is drawn; sharing what that leaves as it is.
    """
    return replace(
        worlds,
        asked=tuple(
            _in_earnest(asked, serious.get(actor.id))
            for actor, asked in zip(scenario.actors, worlds.asked, strict=True)
        ),
    )


def _in_earnest(asked: Asked, serious: NDArray[np.bool_] | None) -> Asked:
    if serious is None or np.all(serious):
        return asked
    return replace(asked, least=np.where(serious, asked.least, np.inf))


@dataclass(frozen=True, slots=True)
class _Stale:
    """What a change may have touched of one actor: values of options, no deal or the risk of breach, what was said."""

    values: bool
    no_deal: bool
    said: bool


_OF_VALUES = frozenset({"priorities", "values"})
_OF_NO_DEAL = frozenset({"no_deal", "discount_rate"})
_OF_CONDITIONS = frozenset({"adjustments", "sacred", "red_lines"})


def _stale(actor: Party, touched: Collection[Path]) -> _Stale:
    """Sort what was touched by the block of the file in which it stands."""
    own = actor.path
    fields = {path[len(own)] for path in touched if path[: len(own)] == own and len(path) > len(own)}
    levers = {(path[3], path[4]) for path in touched if path[0] == "parties" and path[2] == "levers"}
    of_others = {what for party, what in levers if party == actor.id}
    roots = {path[0] for path in touched}
    values = bool(fields & _OF_VALUES) or "issues" in roots
    no_deal = values or bool(fields & _OF_NO_DEAL) or "war" in roots or "stick" in of_others
    breach = "durability" in roots or any(what == "guarantee" for _, what in levers)
    return _Stale(
        values=values,
        no_deal=no_deal or breach,
        said=bool(fields & _OF_CONDITIONS) or "carrots" in of_others,
    )


def _renew(before: tuple[T, ...], stale: Sequence[bool], make: Callable[[int], T]) -> tuple[T, ...]:
    """Make what is stale anew, actor by actor."""
    return tuple(make(k) if stale[k] else old for k, old in enumerate(before))


def _risks(
    scenario: Scenario,
    structure: Structure,
    draws: Draws,
    like: Worlds,
    stale: Sequence[_Stale],
    held: Sequence[WithoutDeal | None],
) -> tuple[Risk, ...]:
    """Work out the risk of breach for those to whom it may have changed."""
    if structure.breach is None or not any(one.no_deal for one in stale):
        return like.risk
    hazards = hazards_of(scenario, structure.breach.by_hazard[0], draws)
    return tuple(
        before if without is None else risk_of(actor, scenario, structure.breach, draws, without, hazards)
        for actor, before, without in zip(scenario.actors, like.risk, held, strict=True)
    )
