"""One block of worlds: every quantity of a scenario drawn, every red line resolved to real or bluff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path, format_path
from negsim.model.quantiles import central_value, quantile
from negsim.model.sampling import BLOCK, sample_uniforms
from negsim.scenario.inventory import (
    NamedQuantity,
    coin_path,
    coin_paths,
    find_ends,
    list_quantities,
    serious_path,
    serious_paths,
)
from negsim.scenario.quantities import Constant, Distribution, Same, is_uncertain
from negsim.scenario.types import Scenario, Tie

__all__ = ["Draws", "draw_block", "draw_centre"]


@dataclass(frozen=True, slots=True)
class Draws:
    """The values of all quantities in some worlds.

    ``quantity[path]`` is a float64 array (world,), read-only; ``real[actor, red_line]`` a bool array (world,),
    true where the red line is no bluff. A hard red line is real everywhere and is listed too. ``serious[party]``
    (world,) tells where a party whose good faith is given negotiates seriously.
    """

    quantity: Mapping[Path, NDArray[np.float64]]
    real: Mapping[tuple[str, str], NDArray[np.bool_]]
    n_worlds: int
    serious: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)


def draw_block(scenario: Scenario, *, seed: int, block: int, sampler: str = "lhs", n_worlds: int = BLOCK) -> Draws:
    """Draw the worlds of one block.

    Parameters
    ----------
    scenario : Scenario
    seed, block : int
        World ``w`` of a run is world ``w % BLOCK`` of block ``w // BLOCK``.
    sampler : str
        ``lhs``, ``random`` or ``sobol``.
    n_worlds : int
        How many of the block's worlds to keep, from the first; at most `BLOCK`.

    Returns
    -------
    Draws
    """
    named = list_quantities(scenario)
    uncertain = [item.path for item in named if is_uncertain(item.quantity)]
    coins = [*coin_paths(scenario), *serious_paths(scenario)]
    uniform = sample_uniforms([*uncertain, *coins], sampler=sampler, seed=seed, block=block)
    uniform |= _tie(scenario.ties, uniform)
    own = {
        item.path: _value(item.quantity, item, uniform)[:n_worlds]
        for item in named
        if not isinstance(item.quantity, Same)
    }
    quantity = {path: own[end.path] for path, end in find_ends(named).items()}
    for array in quantity.values():
        array.flags.writeable = False
    coin = {path: uniform[path][:n_worlds] for path in coins}
    serious = {
        party.id: coin[serious_path(party)] < quantity[*party.path, "good_faith"]
        for party in scenario.parties
        if party.good_faith is not None
    }
    return Draws(quantity, _flip_coins(scenario, coin, quantity, n_worlds), n_worlds, serious)


def draw_centre(scenario: Scenario) -> Draws:
    """Give the single world in which every quantity has its median, every red line is real and everybody serious."""
    named = list_quantities(scenario)
    own = {
        item.path: np.array([central_value(item.quantity, item.domain)])
        for item in named
        if not isinstance(item.quantity, Same)
    }
    quantity = {path: own[end.path] for path, end in find_ends(named).items()}
    real = {(actor.id, line.id): np.ones(1, np.bool_) for actor in scenario.actors for line in actor.red_lines}
    return Draws(quantity, real, 1)


def _value(
    quantity: Constant | Distribution, named: NamedQuantity, uniform: Mapping[Path, NDArray[np.float64]]
) -> NDArray[np.float64]:
    if isinstance(quantity, Constant):
        return np.full(BLOCK, quantity.value)
    return quantile(quantity, named.domain, uniform[named.path])


def _flip_coins(
    scenario: Scenario,
    coin: Mapping[Path, NDArray[np.float64]],
    quantity: Mapping[Path, NDArray[np.float64]],
    n_worlds: int,
) -> dict[tuple[str, str], NDArray[np.bool_]]:
    real: dict[tuple[str, str], NDArray[np.bool_]] = {}
    for actor in scenario.actors:
        for line in actor.red_lines:
            if line.firmness is None:
                real[actor.id, line.id] = np.ones(n_worlds, np.bool_)
            else:
                firmness = quantity[*actor.path, "red_lines", line.id, "firmness"]
                real[actor.id, line.id] = coin[coin_path(actor, line.id)] < firmness
    return real


def _tie(ties: tuple[Tie, ...], uniform: Mapping[Path, NDArray[np.float64]]) -> dict[Path, NDArray[np.float64]]:
    """Correlate tied quantities by a Gaussian copula; each keeps its own distribution.

    The normal correlation that gives a rank correlation s is 2 sin(pi s / 6) (Pearson 1907). The first path of a
    tied group, in written order, keeps its draws; the others mix theirs with those before them.
    """
    mixed: dict[Path, NDArray[np.float64]] = {}
    for group in _groups(ties):
        mixed |= _mix(group, uniform)
    return mixed


def _groups(ties: tuple[Tie, ...]) -> list[list[Tie]]:
    """Part ties into groups that share no path."""
    group_of: dict[Path, list[Tie]] = {}
    for tie in ties:
        near = {id(group_of[path]): group_of[path] for path in tie.between if path in group_of}
        group = [tie, *(other for others in near.values() for other in others)]
        group_of |= {path: group for other in group for path in other.between}
    return list({id(group): group for group in group_of.values()}.values())


def _mix(ties: list[Tie], uniform: Mapping[Path, NDArray[np.float64]]) -> dict[Path, NDArray[np.float64]]:
    from scipy.special import ndtr, ndtri

    paths = sorted({path for tie in ties for path in tie.between}, key=format_path)
    rank = {path: k for k, path in enumerate(paths)}
    correlation = np.eye(len(paths))
    for tie in ties:
        first, second = (rank[path] for path in tie.between)
        correlation[first, second] = correlation[second, first] = 2 * np.sin(np.pi * tie.rank_correlation / 6)
    factor = np.linalg.cholesky(correlation)
    normal = np.stack([ndtri(uniform[path]) for path in paths])
    # Sums in a fixed order rather than a matrix product, whose last bits depend on the number of threads.
    return {
        path: np.asarray(ndtr(sum((factor[row, k] * normal[k] for k in range(1, row + 1)), factor[row, 0] * normal[0])))
        for row, path in enumerate(paths)
        if row > 0
    }
