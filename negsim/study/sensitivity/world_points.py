"""Which worlds have a zone, at base points and with one input after the other taken from elsewhere, or held."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from negsim.errors import Path, format_path
from negsim.model.draws import Draws, drawn_paths, draws_from, exchanged, followers_of, with_quantities
from negsim.model.sampling import sample_table
from negsim.model.worlds import build_worlds
from negsim.records import dataclass
from negsim.study.sensitivity.world_inputs import Input
from negsim.zone.compiled import Compiled
from negsim.zone.counting import Run, joined
from negsim.zone.existence import zone_exists, zone_exists_after

__all__ = ["BLUFF_AND_REAL", "CHUNK", "Held", "HeldCounts", "Points", "PointsPlan", "count_held", "find_points"]

CHUNK = 128
"""Base points that are worked on together."""

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PointsPlan:
    """Inputs to look at, base points in each of some parts, and the seed of their design.

    A part is a Latin hypercube of its own, A and B independent: among hundreds of inputs Sobol' points of this number
    correlate by as much as .7, so that an input would seem to do what another does.
    """

    inputs: tuple[Input, ...]
    n_parts: int
    part_size: int
    seed: int

    @property
    def chunks(self) -> Run:
        """Number the chunks in which base points are worked on, each with its size."""
        return [(k, min(CHUNK, self.part_size - self.place(k)[1])) for k in range(self.n_parts * self._a_part)]

    def place(self, chunk: int) -> tuple[int, int]:
        """Tell which part a chunk belongs to, and where in it it begins."""
        part, rank = divmod(chunk, self._a_part)
        return part, rank * CHUNK

    @property
    def _a_part(self) -> int:
        return -(-self.part_size // CHUNK)


@dataclass(frozen=True, slots=True)
class Points:
    """Whether there is a zone at A and at B (point,), and at A with one input from B (point, input).

    ``part`` (point,) tells the part that a point is of. ``value`` (2 point, path) are the values of all paths of
    all inputs, at A then at B of each chunk, 1 and 0 for a red line that is real or a bluff; ``zone`` (2 point,)
    belongs to them.
    """

    base: Mask
    other: Mask
    mixed: Mask
    part: NDArray[np.intp]
    value: Array
    zone: Mask


def find_points(compiled: Compiled, run: Run, plan: PointsPlan) -> Points:
    """Find the zones of some chunks of base points; ``run`` names each chunk with its size."""
    return joined([_chunk(compiled, chunk, size, plan) for chunk, size in run])


def _chunk(compiled: Compiled, chunk: int, size: int, plan: PointsPlan) -> Points:
    scenario = compiled.scenario
    a, b = _draws(compiled, chunk, size, plan)
    followers = followers_of(scenario)
    worlds = build_worlds(scenario, compiled.structure, a)
    base = zone_exists(compiled, worlds)
    other = zone_exists(compiled, build_worlds(scenario, compiled.structure, b))
    mixed = np.repeat(base[:, None], len(plan.inputs), axis=1)
    for k, one in enumerate(plan.inputs):
        draws = exchanged(scenario, a, b, one.paths, followers=followers)
        mixed[:, k] = zone_exists_after(compiled, worlds, a, draws)
    value = np.concatenate([_values(compiled, draws, plan.inputs) for draws in (a, b)])
    part = np.full(size, plan.place(chunk)[0], np.intp)
    return Points(base, other, mixed, part, value, np.concatenate([base, other]))


def _draws(compiled: Compiled, chunk: int, size: int, plan: PointsPlan) -> tuple[Draws, Draws]:
    """Make the worlds at A and at B; whatever is no input stays at its median in all of them."""
    scenario = compiled.scenario
    part, start = plan.place(chunk)
    moving = tuple(path for one in plan.inputs for path in one.paths)
    points = _points_of_part(moving, plan.part_size, plan.seed, part)[:, :, start : start + size]
    middle = dict.fromkeys(drawn_paths(scenario), np.full(size, 0.5))
    a, b = (draws_from(scenario, middle | dict(zip(moving, side, strict=True)), size) for side in points)
    return a, b


@lru_cache(maxsize=1)
def _points_of_part(paths: tuple[Path, ...], part_size: int, seed: int, part: int) -> Array:
    """Draw a part, kept while its chunks are worked on: float64 array (side, path, point), A and B the sides.

    Each path has a stream of its own, so that what is added to a scenario moves no draw of anything else.
    """
    drawn = [
        sample_table(f"sensitivity|{format_path(path)}", (2, 2, part_size), seed=seed, part=part) for path in paths
    ]
    order, jitter = np.argsort(np.array(drawn)[:, :, 0], axis=2), np.array(drawn)[:, :, 1]
    return np.swapaxes((order + jitter) / part_size, 0, 1)


def _values(compiled: Compiled, draws: Draws, inputs: Sequence[Input]) -> Array:
    real = {
        (*actor.path, "red_lines", line.id, "real"): draws.real[actor.id, line.id]
        for actor in compiled.scenario.actors
        for line in actor.red_lines
    }
    columns = [real[path] if one.coin else draws.quantity[path] for one in inputs for path in one.paths]
    return np.array(columns, np.float64).reshape(len(columns), draws.n_worlds).T


BLUFF_AND_REAL = 1.0, -1.0
"""Numbers for a coin that lie above any firmness, and below any."""


@dataclass(frozen=True, slots=True)
class Held:
    """A quantity and the two values at which it is held, or the coin of a red line, at bluff and at real."""

    path: Path
    low: float
    high: float
    coin: bool = False


@dataclass(frozen=True, slots=True)
class HeldCounts:
    """Worlds counted by block: all (block,), those with a zone (block,), and where an input is held (block, held).

    ``only_low`` and ``only_high`` have a zone on one side alone.
    """

    n_worlds: NDArray[np.int64]
    zones: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    only_low: NDArray[np.int64]
    only_high: NDArray[np.int64]


def count_held(compiled: Compiled, run: Run, held: Sequence[Held]) -> HeldCounts:
    """Count the zones of some blocks of worlds with one input after the other held low, and held high."""
    rows = [_held_in_block(compiled, *block, held) for block in run]
    return HeldCounts(*(np.array(column, np.int64) for column in zip(*rows, strict=True)))


def _held_in_block(compiled: Compiled, block: int, n_worlds: int, held: Sequence[Held]) -> tuple[object, ...]:
    draws, worlds = compiled.draw(block, n_worlds)
    zones = zone_exists(compiled, worlds)
    followers = followers_of(compiled.scenario)
    sides: list[tuple[Mask, Mask]] = []
    for one in held:
        found = []
        for value in (one.low, one.high):
            after = _hold(compiled, draws, one, value, followers)
            found.append(zone_exists_after(compiled, worlds, draws, after))
        sides.append((found[0], found[1]))
    return (
        n_worlds,
        np.count_nonzero(zones),
        [np.count_nonzero(low) for low, _ in sides],
        [np.count_nonzero(high) for _, high in sides],
        [np.count_nonzero(low & ~high) for low, high in sides],
        [np.count_nonzero(high & ~low) for low, high in sides],
    )


def _hold(compiled: Compiled, draws: Draws, one: Held, value: float, followers: dict[Path, Path]) -> Draws:
    """Set one input in all worlds."""
    given = {one.path: np.full(draws.n_worlds, value)}
    if not one.coin:
        return with_quantities(compiled.scenario, draws, given, followers=followers)
    other = Draws({}, {}, draws.n_worlds, coin=given)
    return exchanged(compiled.scenario, draws, other, (one.path,), followers=followers)
